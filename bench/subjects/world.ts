import { createHash } from "node:crypto";
import { form, formHeaders, type HttpCase, type Recipe } from "../recipe.ts";

/** The one world that every subject is set up with, so that all do the same work. */
export const world = {
  resource: "https://api.example.com",
  scope: "inference:read",
  clientId: "bench-client",
  clientSecret: "vks_bench-secret-of-fifty-characters-in-all-0123456789",
  redirectUri: "https://app.example.com/callback",
  accountId: "acc_ada",
  email: "ada@example.com",
  name: "Ada",
  password: "correct horse battery staple",
  verifier: "bench-verifier-of-at-least-forty-three-characters-0123456789",
  accessTokenSeconds: 600,
} as const;

export const challenge = createHash("sha256").update(world.verifier).digest("base64url");

const credentials = { client_id: world.clientId, client_secret: world.clientSecret };

/** A server under test, listening on loopback. */
export interface Subject {
  readonly port: number;
  /** Makes the recipe of a case, with `count` values where each request needs its own. */
  prepare(wanted: HttpCase, count: number): Promise<Recipe>;
}

/** A form that a program posts with its credentials. */
export function posted(
  path: string,
  fields: Readonly<Record<string, string>>,
  rest: Pick<Recipe, "use" | "values" | "expects">,
): Recipe {
  return { method: "POST", path, headers: formHeaders, body: form({ ...fields, ...credentials }), ...rest };
}

export const recipes = {
  clientCredentials: (path: string, more: Readonly<Record<string, string>> = {}): Recipe =>
    posted(
      path,
      { grant_type: "client_credentials", scope: world.scope, ...more },
      { use: "same", values: [], expects: "jwt" },
    ),
  code: (path: string, values: readonly string[], more: Readonly<Record<string, string>> = {}): Recipe =>
    posted(
      path,
      {
        grant_type: "authorization_code",
        code: "{}",
        code_verifier: world.verifier,
        redirect_uri: world.redirectUri,
        ...more,
      },
      { use: "once", values, expects: "token" },
    ),
  refresh: (path: string, values: readonly string[], more: Readonly<Record<string, string>> = {}): Recipe =>
    posted(
      path,
      { grant_type: "refresh_token", refresh_token: "{}", ...more },
      { use: "rotating", values, expects: "refreshed" },
    ),
  introspection: (path: string, values: readonly string[]): Recipe =>
    posted(path, { token: "{}" }, { use: "turn", values, expects: "active" }),
  revocation: (path: string, values: readonly string[]): Recipe =>
    posted(path, { token: "{}", token_type_hint: "refresh_token" }, { use: "once", values, expects: "done" }),
  userinfo: (path: string, values: readonly string[]): Recipe => ({
    method: "GET",
    path,
    headers: { authorization: "Bearer {}" },
    body: "",
    use: "turn",
    values,
    expects: "person",
  }),
  discovery: (path: string): Recipe => ({
    method: "GET",
    path,
    headers: {},
    body: "",
    use: "same",
    values: [],
    expects: "metadata",
  }),
} as const;

/** Introspection and UserInfo ask about so many tokens in turn. */
export const tokensInTurn = 1000;

/** Runs `make` so many times, some at once. */
export async function many<T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let from = 0; from < count; from += 256) {
    const size = Math.min(256, count - from);
    made.push(...(await Promise.all(Array.from({ length: size }, (_, index) => make(from + index)))));
  }
  return made;
}
