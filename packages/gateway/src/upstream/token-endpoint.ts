import { metadataUrls } from "@valetkey/protocol/issuer";
import { type Asking, askIssuer } from "./issuer-answer.ts";

/** Seconds for which the place holds. */
const maxAge = 3_600;

/** Where the issuer exchanges tokens: read from its metadata when it is needed, and held for an hour. */
export class TokenEndpoint {
  readonly #issuer: string;
  readonly #asking: Asking;
  readonly #clock: () => number;
  #known: { readonly url: string; readonly at: number } | undefined;
  #underWay: Promise<string> | undefined;

  /** @param clock seconds since 1970 */
  constructor(issuer: string, asking: Asking, clock: () => number) {
    this.#issuer = issuer;
    this.#asking = asking;
    this.#clock = clock;
  }

  /** @throws Error when the issuer does not say, and did not before */
  async url(): Promise<string> {
    const known = this.#known;
    if (known && Math.abs(this.#clock() - known.at) < maxAge) return known.url;
    this.#underWay ??= this.#discover().finally(() => {
      this.#underWay = undefined;
    });
    // What was true an hour ago is better than nothing.
    return known === undefined ? await this.#underWay : await this.#underWay.catch(() => known.url);
  }

  /** RFC 8414 §3.1, then OpenID Connect Discovery §4; the first document that names this very issuer counts. */
  async #discover(): Promise<string> {
    let failure: unknown;
    for (const url of metadataUrls(this.#issuer)) {
      try {
        const { status, body } = await askIssuer(this.#asking, url);
        if (status !== 200) throw new Error(`${url} answered ${status}`);
        // RFC 8414 §3.3: identical, or the document is another's.
        if (body.issuer !== this.#issuer) throw new Error(`${url} names another issuer`);
        const endpoint = body.token_endpoint;
        if (!isSecure(endpoint)) throw new Error(`${url} has no token_endpoint that is https or loopback`);
        this.#known = { url: endpoint, at: this.#clock() };
        return endpoint;
      } catch (thrown) {
        failure ??= thrown;
      }
    }
    throw failure;
  }
}

/** A secret and a token travel there: in the clear on a loopback address only. */
function isSecure(value: unknown): value is string {
  if (typeof value !== "string" || !URL.canParse(value)) return false;
  const { protocol, hostname } = new URL(value);
  const isLoopback = hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
  return protocol === "https:" || (protocol === "http:" && isLoopback);
}
