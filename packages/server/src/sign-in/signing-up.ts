import type { MailedProof } from "../records/mailed-proof.ts";
import type { Ceremony } from "./ceremony.ts";
import type { SignInContext } from "./context.ts";

/** What a person typed who wants an account, while their mail is on its way. */
export interface SigningUp {
  readonly name: string;
  /** Never the password itself. */
  readonly passwordHash: string | null;
}

/** @param isTaken the address has an account: then no code makes one, the right one by chance included */
export function detailsOf({ name, passwordHash }: SigningUp, isTaken: boolean): MailedProof["details"] {
  return { name, passwordHash, isTaken };
}

export function readSigningUp(details: MailedProof["details"]): SigningUp & { readonly isTaken: boolean } {
  const { name, passwordHash, isTaken } = details;
  return {
    name: typeof name === "string" ? name : "",
    passwordHash: typeof passwordHash === "string" ? passwordHash : null,
    isTaken: isTaken !== false,
  };
}

/** Tells the person by mail what the page does not say: that they have an account. */
export function alreadyHere(
  { settings: { issuer }, post }: Pick<SignInContext, "settings" | "post">,
  { language }: Pick<Ceremony, "language">,
  email: string,
): void {
  post.send("already-here", { email, language }, { link: `${issuer}/account` });
}
