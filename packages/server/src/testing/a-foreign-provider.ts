import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";

type Claims = Readonly<Record<string, unknown>>;

/** What the provider does wrong; everything right while empty. */
export interface Lies {
  metadata?: Claims;
  /** Put over what the ID token says; undefined takes a claim away. */
  claims?: Claims;
  /** "none" signs nothing, "other" signs by a key that is not published, "secret" by HMAC with the client's secret. */
  signature?: "none" | "other" | "secret";
  userinfo?: Claims | number;
  /** Answers instead of the provider. */
  instead?: (url: URL) => Response | undefined | Promise<Response | undefined>;
}

interface Code {
  readonly redirectUri: string;
  readonly challenge: string;
  readonly nonce: string | null;
  readonly person: Claims;
  isSpent: boolean;
}

export interface AForeignProvider {
  readonly issuer: string;
  readonly lies: Lies;
  /** For the adapter under test: the provider without a socket. */
  readonly fetch: typeof fetch;
  /** Paths that were asked, in order. */
  readonly asked: string[];
  /** The form of the last request to the token endpoint, and its headers. */
  readonly lastToken: { form: URLSearchParams; headers: Headers };
  /** The person signs in there and allows: where the browser goes then. */
  approve(location: string, person?: Claims): URL;
}

const signing = await generateKeyPair("RS256");
const other = await generateKeyPair("RS256");
const jwk = { ...(await exportJWK(signing.publicKey)), kid: "1", alg: "RS256", use: "sig" };

export const foreignClient = { clientId: "valetkey-there", clientSecret: "a secret between the two servers" };

/** An OpenID Provider of the test's own, which can be made to lie where a real one would not. */
export function aForeignProvider(issuer = "https://id.example.net", lies: Lies = {}): AForeignProvider {
  const codes = new Map<string, Code>();
  const asked: string[] = [];
  let person: Claims = { sub: "ada" };
  const lastToken = { form: new URLSearchParams(), headers: new Headers() };
  const provider = new URL(issuer);

  function metadata() {
    return {
      issuer,
      authorization_endpoint: `${provider.origin}/authorize`,
      token_endpoint: `${provider.origin}/token`,
      userinfo_endpoint: `${provider.origin}/userinfo`,
      jwks_uri: `${provider.origin}/keys`,
      authorization_response_iss_parameter_supported: true,
      id_token_signing_alg_values_supported: ["RS256"],
      ...lies.metadata,
    };
  }

  async function token(): Promise<Response> {
    const code = codes.get(lastToken.form.get("code") ?? "");
    const verifier = lastToken.form.get("code_verifier") ?? "";
    const isRight =
      code &&
      !code.isSpent &&
      lastToken.form.get("redirect_uri") === code.redirectUri &&
      hash("sha256", verifier, "base64url") === code.challenge;
    if (!isRight) return Response.json({ error: "invalid_grant" }, { status: 400 });
    code.isSpent = true;
    person = code.person;
    const now = Math.floor(Date.now() / 1000);
    const usual = { iss: issuer, aud: foreignClient.clientId, iat: now, exp: now + 300, nonce: code.nonce };
    const claims = JSON.parse(JSON.stringify({ ...usual, ...code.person, ...lies.claims }));
    return Response.json({
      access_token: "an access token of there",
      token_type: "Bearer",
      expires_in: 300,
      id_token: await signed(claims),
    });
  }

  async function signed(claims: Claims): Promise<string> {
    if (lies.signature === "none") return new UnsecuredJWT(claims).encode();
    if (lies.signature === "secret") {
      const secret = new TextEncoder().encode(foreignClient.clientSecret);
      return await new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).sign(secret);
    }
    const key: CryptoKey = lies.signature === "other" ? other.privateKey : signing.privateKey;
    return await new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "1" }).sign(key);
  }

  const routes: Readonly<Record<string, () => Response | Promise<Response>>> = {
    "/token": token,
    "/auth/token": token,
    "/keys": () => Response.json({ keys: [jwk] }),
    "/auth/keys": () => Response.json({ keys: [jwk] }),
    "/userinfo": () =>
      typeof lies.userinfo === "number"
        ? new Response("", { status: lies.userinfo })
        : Response.json(lies.userinfo ?? { sub: person.sub }),
  };

  return {
    issuer,
    lies,
    asked,
    lastToken,
    fetch: async (input, init) => {
      const url = new URL(String(input));
      assert.equal(url.origin, provider.origin, `nothing is at ${url}`);
      asked.push(url.pathname);
      if (init?.method === "POST") {
        lastToken.form = new URLSearchParams(String(init.body));
        lastToken.headers = new Headers(init.headers);
      }
      const instead = await lies.instead?.(url);
      if (instead) return instead;
      if (url.pathname.endsWith("/.well-known/openid-configuration")) return Response.json(metadata());
      return (await routes[url.pathname]?.()) ?? new Response("", { status: 404 });
    },
    approve(location, who = { sub: "ada" }) {
      const request = new URL(location).searchParams;
      const need = (name: string) => request.get(name) ?? assert.fail(`${name} is missing in ${location}`);
      assert.equal(need("client_id"), foreignClient.clientId);
      assert.equal(need("response_type"), "code");
      assert.equal(need("code_challenge_method"), "S256");
      const code = `code-${codes.size + 1}`;
      const redirectUri = need("redirect_uri");
      const challenge = need("code_challenge");
      codes.set(code, { redirectUri, challenge, nonce: request.get("nonce"), person: who, isSpent: false });
      const back = new URL(redirectUri);
      back.search = new URLSearchParams({ code, state: need("state"), iss: issuer }).toString();
      return back;
    },
  };
}
