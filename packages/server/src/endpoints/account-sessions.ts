import { page } from "../http/answer.ts";
import type { Endpoint } from "../http/message.ts";
import type { AccountFrame } from "../pages/account-layout.ts";
import { type ShownSession, sessionsPage } from "../pages/account-sessions.ts";
import {
  type AccountVisit,
  accountFrame,
  accountShows,
  accountTakes,
  backTo,
  record,
} from "./account-visit.ts";
import { agoWords } from "./ago-words.ts";
import type { Context } from "./context.ts";
import { deviceWords } from "./device-words.ts";
import { placeWords } from "./place-words.ts";

const to = "account/sessions";

/** The browsers in which a person is signed in. */
export function sessionsForm(context: Context): Endpoint {
  return accountShows(context, { to }, async (_, visit) => {
    const frame = accountFrame(context, visit, to);
    const { ended, othersEnded } = frame.words.sessions;
    const done = visit.given.optional("ended");
    const notice = done === "one" ? ended : done === "others" ? othersEnded : undefined;
    visit.story.says("The sessions of the person were shown.");
    const sessions = await shownSessions(context, visit, frame);
    return page(sessionsPage({ ...frame, sessions, ...(notice !== undefined && { notice }) }));
  });
}

/** Ends one, or all others. What is another person's, or gone, is left as it is and not told apart. */
export function sessions(context: Context): Endpoint {
  return accountTakes(context, { to }, async (_, visit) => {
    const { store } = context;
    const { account, session, given, story } = visit;
    const which = given.optional("end") ?? "";
    if (which === "others") {
      const ended = await store.sessions.endOthers(account.id, session.idHash);
      if (ended > 0) record(context, visit, "sessions.ended");
      story.says(`Other sessions ended: ${ended}.`);
      return backTo(context, to, { ended: "others" });
    }
    if (which === session.sid || !(await store.sessions.endOf(account.id, which))) return backTo(context, to);
    record(context, visit, "session.ended");
    story.says("A session of the person ended.");
    return backTo(context, to, { ended: "one" });
  });
}

async function shownSessions(
  { store, places }: Context,
  { account, session: current, now }: AccountVisit,
  frame: AccountFrame,
): Promise<readonly ShownSession[]> {
  const live = (await store.sessions.listOf(account.id)).filter(({ expiresAt }) => now < expiresAt);
  const isCurrent = (sid: string) => sid === current.sid;
  return live
    .toSorted((a, b) => Number(isCurrent(b.sid)) - Number(isCurrent(a.sid)))
    .map(({ sid, userAgent, address, createdAt, lastUsedAt }) => ({
      sid,
      device: deviceWords(userAgent, frame.words),
      place: placeWords(places, address, frame),
      since: agoWords(now - createdAt, frame),
      used: agoWords(isCurrent(sid) ? 0 : now - lastUsedAt, frame),
      isCurrent: isCurrent(sid),
    }));
}
