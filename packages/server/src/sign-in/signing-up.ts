import type { MailedProof } from "../records/mailed-proof.ts";
import type { Ceremony } from "./ceremony.ts";
import type { SignInContext } from "./context.ts";

/** What a person typed who wants an account, while their mail is on its way. */
export interface SigningUp {
  readonly name: string;
  /** Never the password itself. */
  readonly passwordHash: string | null;
  /** Who they are at the upstream that they came from, which did not prove their address. */
  readonly elsewhere?: Elsewhere;
}

export interface Elsewhere {
  readonly upstream: string;
  readonly subject: string;
  /** What their session says of how they signed in there. */
  readonly methods: readonly string[];
}

/** @param isTaken the address has an account: then no code makes one, the right one by chance included */
export function detailsOf(
  { name, passwordHash, elsewhere }: SigningUp,
  isTaken: boolean,
): MailedProof["details"] {
  return { name, passwordHash, isTaken, ...(elsewhere && { elsewhere }) };
}

export function readSigningUp(details: MailedProof["details"]): SigningUp & { readonly isTaken: boolean } {
  const { name, passwordHash, isTaken } = details;
  // Written by `detailsOf` alone.
  const elsewhere = details.elsewhere as Elsewhere | undefined;
  return {
    name: typeof name === "string" ? name : "",
    passwordHash: typeof passwordHash === "string" ? passwordHash : null,
    isTaken: isTaken !== false,
    ...(elsewhere && { elsewhere }),
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
