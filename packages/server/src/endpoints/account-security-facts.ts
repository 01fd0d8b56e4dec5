import { waysLeft } from "../operations/ways-left.ts";
import type { AccountFrame } from "../pages/account-layout.ts";
import type { SecurityData } from "../pages/account-security.ts";
import type { Instant } from "../records/instant.ts";
import type { UpstreamIdentity } from "../records/upstream-identity.ts";
import { openUpstreams } from "../sign-in/ways/upstream.ts";
import { type AccountVisit, isFresh, offeredBy } from "./account-visit.ts";
import { agoWords } from "./ago-words.ts";
import type { Context } from "./context.ts";

type Facts = Omit<SecurityData, keyof AccountFrame>;

/** What a person signs in with, and what of it they may change now. */
export async function securityFacts(
  context: Context,
  visit: AccountVisit,
  frame: AccountFrame,
): Promise<Facts> {
  const { store, settings, basePath, post } = context;
  const { account } = visit;
  const { signIn } = settings;
  const [passkeys, secret, codesLeft, identities, ways] = await Promise.all([
    store.passkeys.listOf(account.id),
    store.oneTimePasswords.find(account.id),
    store.recoveryCodes.left(account.id),
    store.identities.listOf(account.id),
    waysLeft(store, account, offeredBy(context)),
  ]);
  const hasFactor = secret !== undefined || passkeys.length > 0;
  const below = `${basePath}/account/security`;
  const ago = (at: Instant) => agoWords(visit.now - at, frame);
  const hasPasskeys = signIn.passkeys || passkeys.length > 0;
  const isNeeded = signIn.secondFactor === "required" && (!signIn.passkeys || passkeys.length === 0);
  const { upstreams } = context;
  return {
    ...(!isFresh(visit) && { confirmHref: `${basePath}/account/sign-in?to=account/security` }),
    ...(hasPasskeys && {
      passkeys: {
        list: passkeys.map(({ id, name, isSynced, createdAt, lastUsedAt }) => ({
          name,
          isSynced,
          since: ago(createdAt),
          ...(lastUsedAt !== null && { used: ago(lastUsedAt) }),
          href: `${below}/passkey?${new URLSearchParams({ id })}`,
        })),
        ...(signIn.passkeys && { addHref: `${below}/passkey` }),
      },
    }),
    ...((signIn.password || account.passwordHash !== null) && {
      password: { isSet: account.passwordHash !== null, href: `${below}/password` },
    }),
    ...((signIn.oneTimePasswords || secret) && {
      app: {
        isNeeded,
        ...(secret ? { since: ago(secret.createdAt) } : { addHref: `${below}/app` }),
      },
    }),
    // An app comes with codes; to passkeys alone they were made on request, and who never asked is short of none.
    ...(hasFactor && { codes: secret || codesLeft > 0 ? { left: codesLeft } : {} }),
    ...((upstreams.list.length > 0 || identities.length > 0) && {
      elsewhere: {
        list: identities.map((one) => shownIdentity(context, one, ways.length, ago)),
        connect: openUpstreams(upstreams).map(({ id, name }) => ({
          name,
          action: `${basePath}/upstream/${id}/connect`,
        })),
      },
    }),
    email: {
      isVerified: account.emailVerified,
      canVerify: !account.emailVerified && post.isOpen && isFresh(visit),
      ...(post.isOpen && { changeHref: `${below}/email` }),
    },
  };
}

function shownIdentity(
  { upstreams }: Context,
  { upstream, subject, email, createdAt, lastUsedAt }: UpstreamIdentity,
  ways: number,
  ago: (at: Instant) => string,
) {
  const known = upstreams.list.find(({ id }) => id === upstream);
  const isOpen = known?.isEnabled ?? false;
  return {
    upstream,
    subject,
    name: known?.name ?? upstream,
    ...(email !== null && { email }),
    since: ago(createdAt),
    ...(lastUsedAt !== null && { used: ago(lastUsedAt) }),
    isOpen,
    isOnly: isOpen && ways === 1,
  };
}
