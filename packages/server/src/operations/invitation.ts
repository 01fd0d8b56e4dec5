import type { Store } from "../ports/store.ts";
import type { Instant, Seconds } from "../records/instant.ts";
import type { MailedProof } from "../records/mailed-proof.ts";
import { newMailedLink, readMailedLink } from "./mailed-link.ts";

const lifetime: Seconds = 7 * 24 * 60 * 60;

export interface Invited {
  /** Lower case. */
  readonly email: string;
  /** Empty where the person is to say it. */
  readonly name: string;
  /** Beside `everyone`. */
  readonly roles: readonly string[];
}

export interface Invitation {
  readonly link: string;
  readonly expiresAt: Instant;
}

/** A link with which one person makes their account; an earlier one for the same address works no more. */
export async function newInvitation(
  store: Pick<Store, "mailedProofs">,
  issuer: string,
  { email, name, roles }: Invited,
  now: Instant,
): Promise<Invitation> {
  const about = {
    purpose: "invitation",
    email,
    accountId: null,
    details: { name, roles },
    lifetime,
  } as const;
  const link = `${issuer}/invitation?link=${await newMailedLink(store, about, now)}`;
  return { link, expiresAt: now + lifetime };
}

/** Who was invited with this link, and the id under which it is spent; undefined when it does not work. */
export async function readInvitation(
  store: Pick<Store, "mailedProofs">,
  secret: string,
  now: Instant,
): Promise<(Invited & Pick<MailedProof, "id">) | undefined> {
  const proof = await readMailedLink(store, "invitation", secret, now);
  if (!proof) return undefined;
  const { name, roles } = proof.details;
  return {
    id: proof.id,
    email: proof.email,
    name: typeof name === "string" ? name : "",
    roles: Array.isArray(roles) ? roles.filter((role): role is string => typeof role === "string") : [],
  };
}
