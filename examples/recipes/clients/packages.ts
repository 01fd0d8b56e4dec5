import type { RequestHandler } from "express";

/**
 * Everything from npm that these recipes need. It is installed once for all tests, in conformance/; in a project of your
 * own the lines end in "@auth/core", "openid-client" and so on.
 */
const npm = "../../../conformance/node_modules";

export * as openid from "../../../conformance/node_modules/openid-client/build/index.js";

/** Auth.js types its configuration; here they would bring those of a browser into the whole house. */
export const Auth: (request: Request, config: object) => Promise<Response> = (
  await foreign("@auth/core/index.js")
).Auth;
export const getToken: (about: object) => Promise<{ name: unknown; email: unknown; api?: unknown } | null> = (
  await foreign("@auth/core/jwt.js")
).getToken;

/** These three come without types: what is used of them. */
interface Passport {
  use(strategy: object): void;
  serializeUser(keep: (user: object, done: (error: null, kept: object) => void) => void): void;
  deserializeUser(find: (kept: object, done: (error: null, user: object) => void) => void): void;
  initialize(): RequestHandler;
  session(): RequestHandler;
  authenticate(strategy: string, options?: object): RequestHandler;
}
type Done = (error: unknown, found?: unknown) => void;
interface Strategy {
  authorizationParams(): Readonly<Record<string, string>>;
  tokenParams(): Readonly<Record<string, string>>;
  userProfile(accessToken: string, done: Done): void;
}
type Verify = (accessToken: string, refreshToken: string, profile: unknown, done: Done) => void;

export const session: (options: object) => RequestHandler = (await foreign("express-session/index.js"))
  .default;
export const PassportClass: new () => Passport = (await foreign("passport/lib/index.js")).Passport;
export const OAuth2Strategy: new (options: object, verify: Verify) => Strategy = (
  await foreign("passport-oauth2/lib/index.js")
).default;

async function foreign(path: string) {
  return await import(`${npm}/${path}`);
}
