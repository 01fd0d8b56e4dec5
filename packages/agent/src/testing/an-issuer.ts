import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { decodeProtectedHeader } from "jose";

/** An answer in the place of the usual one; undefined: the usual one. */
export type Answering = (
  request: IncomingMessage,
  response: ServerResponse,
  form: URLSearchParams,
) => boolean | Promise<boolean>;

interface Family {
  scopes: readonly string[];
  current: string;
  dead: boolean;
  key: string | undefined;
}

/**
 * An issuer of the strict kind, and the resource that it is of, over real HTTP: a refresh token is good once, and shown
 * again it ends everything (OAuth 2.1 §4.3.1), without any grace. No person is asked: whoever comes is allowed.
 */
export class AnIssuer {
  readonly origin: string;
  readonly #close: () => Promise<void>;
  /** Members of the metadata documents that differ from the usual; undefined takes one away. */
  metadata: Readonly<Record<string, unknown>> = {};
  resourceMetadata: Readonly<Record<string, unknown>> = {};
  /** What stands in the way, by path. */
  readonly instead = new Map<string, Answering>();
  /** Every request: method and path, and the forms that came to the token endpoint. */
  readonly requests: string[] = [];
  readonly forms: URLSearchParams[] = [];
  readonly registrations: Record<string, unknown>[] = [];
  readonly headers: IncomingMessage["headers"][] = [];
  /** Seconds that an access token says that it lives. */
  life = 600;
  /** Whether scopes that are asked for are all given; else those of the resource. */
  scopesOf: (asked: string | null) => readonly string[] = (asked) => asked?.split(" ") ?? ["notes:read"];
  /** DPoP nonces that the endpoints ask for, by "issuer" and "resource". */
  nonces: { readonly issuer?: string; readonly resource?: string } = {};
  readonly #codes = new Map<string, { challenge: string; redirect: string; scopes: readonly string[] }>();
  readonly #families = new Map<string, Family>();
  readonly #tokens = new Map<string, Family>();
  /** Device codes: how often one is told to wait. */
  readonly devices = new Map<string, { answers: string[]; scopes: readonly string[] }>();

  static async open(): Promise<AnIssuer> {
    let answer: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;
    const server = createServer((request, response) => answer(request, response));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const issuer = new AnIssuer(origin, async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    });
    answer = (request, response) => void issuer.#answer(request, response);
    return issuer;
  }

  private constructor(origin: string, close: () => Promise<void>) {
    this.origin = origin;
    this.#close = close;
  }

  get resource(): string {
    return `${this.origin}/mcp`;
  }

  get liveFamilies(): number {
    return new Set([...this.#families.values()].filter(({ dead }) => !dead)).size;
  }

  count(line: string): number {
    return this.requests.filter((one) => one === line).length;
  }

  grants(type: string): number {
    return this.forms.filter((form) => form.get("grant_type") === type).length;
  }

  /** Access tokens stop being good, as when the issuer ended them. */
  forgetTokens(): void {
    this.#tokens.clear();
  }

  close(): Promise<void> {
    return this.#close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<undefined> {
    const url = new URL(request.url ?? "/", this.origin);
    this.requests.push(`${request.method} ${url.pathname}`);
    this.headers.push(request.headers);
    let text = "";
    for await (const chunk of request) text += String(chunk);
    const form = new URLSearchParams(text);
    if (url.pathname === "/token") this.forms.push(form);
    if (await this.instead.get(url.pathname)?.(request, response, form)) return;
    switch (url.pathname) {
      case "/.well-known/oauth-authorization-server":
        return json(response, 200, present({ ...this.#usualMetadata(), ...this.metadata }));
      case "/.well-known/oauth-protected-resource/mcp":
        return json(response, 200, present({ ...this.#usualResource(), ...this.resourceMetadata }));
      case "/register":
        this.registrations.push(JSON.parse(text));
        return json(response, 201, {
          ...JSON.parse(text),
          client_id: `client-${randomBytes(4).toString("hex")}`,
        });
      case "/authorize":
        return this.#authorize(url, response);
      case "/device":
        return this.#device(form, response);
      case "/token":
        return this.#token(form, request, response);
      case "/revoke":
        this.#end(form.get("token") ?? "");
        return json(response, 200, {});
    }
    if (url.pathname === "/mcp" || url.pathname.startsWith("/mcp/")) return this.#guarded(request, response);
    json(response, 404, {});
  }

  #usualMetadata() {
    return {
      issuer: this.origin,
      authorization_endpoint: `${this.origin}/authorize`,
      token_endpoint: `${this.origin}/token`,
      registration_endpoint: `${this.origin}/register`,
      revocation_endpoint: `${this.origin}/revoke`,
      device_authorization_endpoint: `${this.origin}/device`,
      response_types_supported: ["code"],
      grant_types_supported: ["authorization_code", "refresh_token", "client_credentials"],
      token_endpoint_auth_methods_supported: ["none", "client_secret_basic", "private_key_jwt"],
      code_challenge_methods_supported: ["S256"],
      authorization_response_iss_parameter_supported: true,
      dpop_signing_alg_values_supported: ["ES256"],
    };
  }

  #usualResource() {
    return {
      resource: this.resource,
      authorization_servers: [this.origin],
      scopes_supported: ["notes:read"],
    };
  }

  #authorize(url: URL, response: ServerResponse): undefined {
    const asked = url.searchParams;
    const back = new URL(asked.get("redirect_uri") ?? "");
    const code = secret();
    const challenge = asked.get("code_challenge") ?? "";
    this.#codes.set(code, { challenge, redirect: back.href, scopes: this.scopesOf(asked.get("scope")) });
    for (const [name, value] of Object.entries({ code, state: asked.get("state") ?? "", iss: this.origin })) {
      back.searchParams.set(name, value);
    }
    response.writeHead(302, { location: back.href }).end();
  }

  #device(form: URLSearchParams, response: ServerResponse): undefined {
    const code = secret();
    this.devices.set(code, { answers: ["authorization_pending"], scopes: this.scopesOf(form.get("scope")) });
    json(response, 200, {
      device_code: code,
      user_code: "WDJB-MJHT",
      verification_uri: `${this.origin}/activate`,
      verification_uri_complete: `${this.origin}/activate?user_code=WDJB-MJHT`,
      expires_in: 600,
      interval: 1,
    });
  }

  #token(form: URLSearchParams, request: IncomingMessage, response: ServerResponse): undefined {
    const proof = request.headers.dpop;
    const key = typeof proof === "string" ? JSON.stringify(decodeProtectedHeader(proof).jwk) : undefined;
    if (
      key !== undefined &&
      this.nonces.issuer !== undefined &&
      claimsOf(String(proof)).nonce !== this.nonces.issuer
    ) {
      response.setHeader("dpop-nonce", this.nonces.issuer);
      return json(response, 400, { error: "use_dpop_nonce" });
    }
    const fresh = (scopes: readonly string[]) =>
      this.#issue({ scopes, current: "", dead: false, key }, response);
    switch (form.get("grant_type")) {
      case "authorization_code": {
        const code = this.#codes.get(form.get("code") ?? "");
        const hash = createHash("sha256")
          .update(form.get("code_verifier") ?? "")
          .digest("base64url");
        if (code?.challenge !== hash || code.redirect !== form.get("redirect_uri")) return dead(response);
        this.#codes.delete(form.get("code") ?? "");
        return fresh(code.scopes);
      }
      case "refresh_token":
        return this.#refresh(form, key, response);
      case "urn:ietf:params:oauth:grant-type:device_code": {
        const device = this.devices.get(form.get("device_code") ?? "");
        const word = device?.answers.shift();
        return word === undefined && device ? fresh(device.scopes) : json(response, 400, { error: word });
      }
      default:
        return fresh(this.scopesOf(form.get("scope")));
    }
  }

  #refresh(form: URLSearchParams, key: string | undefined, response: ServerResponse): undefined {
    const shown = form.get("refresh_token") ?? "";
    const family = this.#families.get(shown);
    if (family && family.current !== shown) family.dead = true;
    if (!family || family.dead || family.key !== key) return dead(response);
    this.#issue(family, response, form.get("scope")?.split(" "));
  }

  #issue(family: Family, response: ServerResponse, scopes = family.scopes): undefined {
    family.current = secret();
    const access = secret();
    this.#families.set(family.current, family);
    this.#tokens.set(access, { ...family, scopes });
    json(response, 200, {
      access_token: access,
      token_type: family.key === undefined ? "Bearer" : "DPoP",
      expires_in: this.life,
      refresh_token: family.current,
      scope: scopes.join(" "),
    });
  }

  #end(token: string): undefined {
    const family = this.#families.get(token);
    if (family) family.dead = true;
    this.#tokens.delete(token);
  }

  #guarded(request: IncomingMessage, response: ServerResponse): undefined {
    const [scheme = "", token = ""] = (request.headers.authorization ?? "").split(" ");
    const known = this.#tokens.get(token);
    const type = known?.key === undefined ? "Bearer" : "DPoP";
    const metadata = `resource_metadata="${this.origin}/.well-known/oauth-protected-resource/mcp"`;
    const refuse = (status: number, attributes: string) => {
      response.setHeader("www-authenticate", `${type} ${attributes}`);
      return json(response, status, {});
    };
    if (scheme !== type || !known) return refuse(401, metadata);
    const proof = request.headers.dpop;
    const { resource: nonce } = this.nonces;
    if (known.key !== undefined && nonce !== undefined && claimsOf(String(proof)).nonce !== nonce) {
      response.setHeader("dpop-nonce", nonce);
      return refuse(401, 'error="use_dpop_nonce"');
    }
    const needed = request.headers["x-needs"];
    if (typeof needed === "string" && !known.scopes.includes(needed)) {
      return refuse(403, `error="insufficient_scope", scope="${needed}", ${metadata}`);
    }
    json(response, 200, { scopes: known.scopes });
  }
}

export function json(response: ServerResponse, status: number, body: unknown): undefined {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

export function claimsOf(jwt: string): Record<string, unknown> {
  const [, body = ""] = jwt.split(".");
  return JSON.parse(Buffer.from(body, "base64url").toString() || "{}");
}

function dead(response: ServerResponse): undefined {
  json(response, 400, { error: "invalid_grant" });
}

function secret(): string {
  return randomBytes(16).toString("base64url");
}

function present(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
