import assert from "node:assert/strict";
import { ABrowser } from "../packages/server/src/testing/a-browser.ts";
import { pkce } from "../packages/server/src/testing/a-login.ts";
import { type ForeignClient, type ForeignKey, oidcProvider } from "./oidc-provider.ts";

/** A resource whose tokens say all themselves, and one whose tokens only the issuer can read. */
export const speaking = "https://notes.example/mcp";
export const opaque = "https://vault.example/mcp";

const formats: Readonly<Record<string, "jwt" | "opaque">> = { [speaking]: "jwt", [opaque]: "opaque" };
const callback = "https://app.example/callback";
const app = { client_id: "app", client_secret: "the secret of the app" };
/** What the guard is at the issuer. */
export const resourceServer = { clientId: "resource-server", clientSecret: "the secret of the resource" };

type Form = Readonly<Record<string, string>>;

interface Issued {
  readonly access_token: string;
  readonly token_type: string;
  readonly id_token?: string;
  readonly refresh_token?: string;
}

export type AForeignIssuer = Awaited<ReturnType<typeof aForeignIssuer>>;

/** A foreign issuer with machines, people and resources. @param first the key that signs */
export async function aForeignIssuer(first: ForeignKey) {
  const provider = await oidcProvider({
    clients,
    formatOf: (resource) => formats[resource],
    features: ["introspection"],
  });
  const { issuer, start: restart } = provider;
  restart(first);
  const fetchHere = (input: string | URL | Request, init?: RequestInit) =>
    fetch(input, { ...init, redirect: "manual" });

  async function post(path: string, form: Form, headers: Form = {}): Promise<Response> {
    const body = new URLSearchParams({ ...app, ...form });
    return await fetch(`${issuer}${path}`, { method: "POST", body, headers });
  }
  async function issued(form: Form, headers?: Form): Promise<Issued> {
    const response = await post("/token", form, headers);
    const tokens = await response.json();
    assert.equal(response.status, 200, JSON.stringify(tokens));
    return tokens as Issued;
  }

  return {
    issuer,
    tokenUrl: `${issuer}/token`,
    restart,
    /** A machine's token; the header carries the proof of a bound one. */
    machine: (resource: string, scope = "notes:read", headers?: Form) =>
      issued({ grant_type: "client_credentials", resource, scope }, headers),
    /** A person signs in at the issuer's own pages and allows; without a resource the token is for its userinfo. */
    async person(resource: string | undefined, scope: string, headers?: Form): Promise<Issued> {
      const { verifier, challenge } = pkce();
      const named = resource === undefined ? {} : { resource };
      const asked = {
        ...{
          response_type: "code",
          client_id: app.client_id,
          redirect_uri: callback,
          scope,
          prompt: "consent",
        },
        ...{ code_challenge: challenge, code_challenge_method: "S256", ...named },
      };
      const browser = new ABrowser({ issuer, fetchHere });
      const signIn = await browser.open(`${issuer}/auth?${new URLSearchParams(asked)}`);
      const consent = await browser.submit(signIn, { login: "ada", password: "any" });
      const { url } = await browser.submit(consent, {});
      const code = new URL(url).searchParams.get("code");
      assert.ok(code, url);
      const form = {
        grant_type: "authorization_code",
        code,
        code_verifier: verifier,
        redirect_uri: callback,
      };
      return await issued({ ...form, ...named }, headers);
    },
    async revoke(token: string): Promise<void> {
      assert.equal((await post("/token/revocation", { token })).status, 200);
    },
    close: provider.close,
  };
}

const clients: readonly ForeignClient[] = [
  {
    ...app,
    redirect_uris: [callback],
    grant_types: ["authorization_code", "refresh_token", "client_credentials"],
    response_types: ["code"],
    token_endpoint_auth_method: "client_secret_post",
  },
  {
    client_id: resourceServer.clientId,
    client_secret: resourceServer.clientSecret,
    redirect_uris: [],
    grant_types: [],
    response_types: [],
  },
];
