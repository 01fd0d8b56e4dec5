import { newAccount } from "../operations/new-account.ts";
import type { Arrival, Upstream } from "../ports/upstreams.ts";
import type { Account } from "../records/account.ts";
import type { UpstreamIdentity } from "../records/upstream-identity.ts";
import type { Ceremony } from "./ceremony.ts";
import type { SignInContext } from "./context.ts";
import { recordRefused } from "./record-refused.ts";
import type { SignInFault } from "./way.ts";

/**
 * Whose account it is. The upstream's name for the person finds it, and nothing else does (OpenID Connect Core §5.7): who
 * has an address there need not be who has it here. By address a new link is made only where the operator said so for this
 * upstream, and both sides have proved the address.
 * @returns what to tell the person when there is none
 */
export async function accountOf(
  context: SignInContext,
  ceremony: Ceremony,
  upstream: Upstream,
  arrival: Arrival,
): Promise<Account | SignInFault> {
  const { store } = context;
  const { now } = ceremony;
  const identity = await store.identities.find(upstream.id, arrival.subject);
  const known = identity && (await store.accounts.find(identity.accountId));
  if (known) {
    if (known.disabledAt !== null) return told(context, ceremony, upstream, "account.off", known);
    await store.identities.used(upstream.id, arrival.subject, arrival.email, now);
    return known;
  }
  // Of an account that was removed at the moment at which it was connected: it must keep nobody out.
  if (identity) await store.identities.remove(upstream.id, arrival.subject, identity.accountId);
  const proven = arrival.emailVerified ? arrival.email : null;
  const here = proven === null ? undefined : await store.accounts.findByEmail(proven);
  if (here) return await linkedByEmail(context, ceremony, upstream, arrival, here);
  // Whether somebody here has an address that nobody proved is told to nobody.
  if (!upstream.signsUp) return told(context, ceremony, upstream, "upstream.stranger");
  if (proven === null) return told(context, ceremony, upstream, "upstream.no-email");
  return await signedUp(context, ceremony, upstream, arrival, proven);
}

async function linkedByEmail(
  context: SignInContext,
  ceremony: Ceremony,
  upstream: Upstream,
  arrival: Arrival,
  here: Account,
): Promise<Account | SignInFault> {
  // An account whose address nobody proved may be a trap that somebody laid for whoever has that address.
  if (!upstream.linksByEmail || !here.emailVerified)
    return told(context, ceremony, upstream, "upstream.not-linked");
  if (here.disabledAt !== null) return told(context, ceremony, upstream, "account.off", here);
  // The address changed hands over there: a mailbox that was given to a successor, an account that was made anew.
  const others = await context.store.identities.listOf(here.id);
  if (others.some((other) => other.upstream === upstream.id)) {
    return told(context, ceremony, upstream, "upstream.changed", here);
  }
  return await linked(context, ceremony, upstream, arrival, here);
}

async function signedUp(
  context: SignInContext,
  ceremony: Ceremony,
  upstream: Upstream,
  arrival: Arrival,
  email: string,
): Promise<Account | SignInFault> {
  const { store, settings, audit } = context;
  const { now, address } = ceremony;
  const name = arrival.name ?? email;
  const roles = settings.signIn.signUpRoles;
  const account = newAccount({ email, name, passwordHash: null, roles }, now);
  // Somebody else, or the same person in another tab, was faster.
  if (!(await store.accounts.add(account, identityOf(upstream, arrival, account, now))))
    return told(context, ceremony, upstream, "page.stale");
  for (const what of ["account.signed-up", "identity.linked"])
    audit.record({ at: now, what, accountId: account.id, address, detail: upstream.id });
  return account;
}

/** Connects the account with the one elsewhere, which from then on finds it. */
async function linked(
  context: SignInContext,
  ceremony: Ceremony,
  upstream: Upstream,
  arrival: Arrival,
  account: Account,
): Promise<Account | SignInFault> {
  const { store, audit } = context;
  const { now, address } = ceremony;
  const isNew = await store.identities.add(identityOf(upstream, arrival, account, now));
  if (!isNew) return told(context, ceremony, upstream, "page.stale");
  audit.record({ at: now, what: "identity.linked", accountId: account.id, address, detail: upstream.id });
  return account;
}

export function identityOf(
  { id }: Upstream,
  { subject, email }: Arrival,
  account: Pick<Account, "id">,
  now: number,
): UpstreamIdentity {
  return { upstream: id, subject, accountId: account.id, email, createdAt: now, lastUsedAt: now };
}

function told(
  context: SignInContext,
  ceremony: Ceremony,
  { id }: Upstream,
  fault: SignInFault,
  account?: Account,
): SignInFault {
  const detail = `Somebody came from the upstream ${id}: ${fault}.`;
  const who = account ? { accountId: account.id } : {};
  recordRefused(context, ceremony, { ...who, detail });
  ceremony.story.says(`Nobody was signed in. ${detail}`);
  return fault;
}
