import { page } from "../http/answer.ts";
import type { Endpoint } from "../http/message.ts";
import { activityPage, type ShownEvent } from "../pages/account-activity.ts";
import type { AccountFrame } from "../pages/account-layout.ts";
import { tell } from "../pages/words/say.ts";
import type { Words } from "../pages/words/words.ts";
import type { AuditEvent } from "../records/audit-event.ts";
import { knownClient } from "./account-facts.ts";
import { accountFrame, accountShows } from "./account-visit.ts";
import type { Context } from "./context.ts";
import { momentWords } from "./date-words.ts";
import { deviceWords } from "./device-words.ts";
import { placeWords } from "./place-words.ts";

const to = "account/activity";
/** So many are shown, the newest. */
const most = 100;

/** A person's own audit trail. */
export function activityForm(context: Context): Endpoint {
  return accountShows(context, { to }, async (_, visit) => {
    const frame = accountFrame(context, visit, to);
    const found = await context.store.journal.eventsOfAccount(visit.account.id, most);
    visit.story.says("The person's own audit trail was shown.");
    const names = await namesOf(context, found);
    const events = found.map((event) => shownEvent(context, frame, names, event));
    return page(activityPage({ ...frame, events, most }));
  });
}

/** Of clients, by their ids. */
type Names = ReadonlyMap<string, string>;

async function namesOf({ store }: Context, events: readonly AuditEvent[]): Promise<Names> {
  const ids = [...new Set(events.flatMap(({ clientId }) => clientId ?? []))];
  return new Map(
    await Promise.all(ids.map(async (id) => [id, (await knownClient(store, id))?.name ?? id] as const)),
  );
}

function shownEvent(context: Context, frame: AccountFrame, names: Names, event: AuditEvent): ShownEvent {
  const { words } = frame;
  const { at, what, clientId, address, userAgent, detail } = event;
  return {
    what: eventWords(what, words),
    at: momentWords(at, frame),
    about: [
      ...(userAgent ? [deviceWords(userAgent, words)] : []),
      ...(address ? [placeWords(context.places, address, frame)] : []),
      ...(clientId === undefined ? [] : [tell(words.activity.app, { app: names.get(clientId) ?? clientId })]),
      ...(detail !== undefined && named.has(what) ? [detail] : []),
    ],
  };
}

/** Whose detail is the name of a thing of the person's; the others tell the operator something. */
const named: ReadonlySet<string> = new Set([
  "passkey.added",
  "passkey.removed",
  "identity.linked",
  "identity.unlinked",
]);

/** The sentence of an event; its own name where there is none. */
export function eventWords(what: string, { activity: texts }: Words): string {
  const name = what.replace(/[.-]/g, "_");
  if (!Object.hasOwn(texts.events, name)) return tell(texts.other, { event: what });
  return texts.events[name as keyof typeof texts.events];
}
