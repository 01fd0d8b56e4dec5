import { type AccountFrame, accountLayout } from "./account-layout.ts";
import { isolated, markup, named } from "./markup.ts";
import { rows } from "./parts.ts";
import { tell } from "./words/say.ts";

export interface ShownEvent {
  /** A sentence, or the name of an event that has none. */
  what: string;
  at: string;
  /** What is known of it beside: its device, place, app, and whatever it names. */
  about: readonly string[];
}

/** A person's own audit trail, the newest first. */
export function activityPage(data: AccountFrame & { events: readonly ShownEvent[]; most: number }): string {
  const { events, most, words } = data;
  const texts = words.activity;
  const all = events.map(({ what, at, about }, number) => ({
    id: `event-${number + 1}`,
    title: named(what),
    hint: markup`${at}${about.map((one) => markup` · ${isolated(one)}`)}`,
  }));
  const lead = events.length < most ? texts.shorter : tell(texts.lead, { count: most });
  const body = markup`<p>${lead} ${texts.kept}</p>
${all.length === 0 ? markup`<p class="nothing">${texts.nothing}</p>` : rows(all)}`;
  return accountLayout(data, "activity", texts.title, body);
}
