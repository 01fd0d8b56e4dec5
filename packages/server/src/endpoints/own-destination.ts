import type { Parameters } from "@valetkey/protocol/parameters";
import { readUserCode, shownUserCode } from "../tokens/user-code.ts";

/** The pages of ours that a person opens by themselves, and may have to sign in for. A closed set: no open redirect. */
export const ownPages = [
  "account",
  "device",
  "account/security",
  "account/security/passkey",
  "account/security/password",
  "account/security/app",
  "account/security/email",
  "account/sessions",
  "account/activity",
  "account/data",
  "account/delete",
] as const;
export type OwnPage = (typeof ownPages)[number];

export interface OwnDestination {
  readonly to: OwnPage;
  /** What a device showed, where a link brought it along. */
  readonly userCode: string | undefined;
}

export function readDestination(parameters: Parameters): OwnDestination {
  const to = ownPages.find((one) => one === parameters.optional("to")) ?? "account";
  const userCode = to === "device" ? readUserCode(parameters.optional("user_code") ?? "") : undefined;
  return { to, userCode };
}

/** As the query of an interaction, and of the links that lead to it. */
export function destinationQuery({ to, userCode }: OwnDestination): string {
  const shown = userCode === undefined ? {} : { user_code: shownUserCode(userCode) };
  return new URLSearchParams({ to, ...shown }).toString();
}

export function destinationPath(basePath: string, { to, userCode }: OwnDestination): string {
  return `${basePath}/${to}${userCode === undefined ? "" : `?user_code=${shownUserCode(userCode)}`}`;
}
