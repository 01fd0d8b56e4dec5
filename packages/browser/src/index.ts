export { type Client, createClient } from "./client.ts";
export { SignInError, type SignInErrorCode } from "./errors.ts";
export type { SignInRequest } from "./messages.ts";
export type { ClientOptions } from "./options.ts";
export type { Account, Session, SignedIn, SignedOut } from "./session.ts";
