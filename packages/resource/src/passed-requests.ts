import type { PresentedToken } from "./bearer.ts";
import type { JudgedRequest } from "./judged-request.ts";
import type { VerifiedToken } from "./verify.ts";

interface Passed extends PresentedToken {
  readonly method: string;
  readonly url: string;
  readonly proof: string | null;
  readonly verified: VerifiedToken;
}

/**
 * Which requests one guard knows already. A route that asks for more than the whole app brings the guard the same request
 * twice, and some things bear no second look: a proof is spent (RFC 9449 §11.1), an issuer was asked. A request is the
 * object that its server made for it; one that was filled again with anything else is another request.
 */
export class PassedRequests {
  readonly #passed = new WeakMap<object, Passed>();
  readonly #clock: () => number;

  /** @param clock seconds since 1970 by which tokens end */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** What its token said, while the token has not expired. */
  find(
    raw: object,
    { method, url, headers }: JudgedRequest,
    { token, scheme }: PresentedToken,
  ): VerifiedToken | undefined {
    const passed = this.#passed.get(raw);
    if (passed === undefined || passed.verified.claims.exp <= this.#clock()) return undefined;
    const isSame =
      passed.token === token &&
      passed.scheme === scheme &&
      passed.proof === headers.get("dpop") &&
      passed.method === method &&
      passed.url === url;
    return isSame ? passed.verified : undefined;
  }

  keep(
    raw: object,
    { method, url, headers }: JudgedRequest,
    presented: PresentedToken,
    verified: VerifiedToken,
  ): void {
    this.#passed.set(raw, { ...presented, method, url, proof: headers.get("dpop"), verified });
  }
}
