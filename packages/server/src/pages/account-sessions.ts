import { type AccountFrame, accountLayout } from "./account-layout.ts";
import { form } from "./form.ts";
import { markup, named } from "./markup.ts";
import { actions, button, rows } from "./parts.ts";
import { say } from "./words/say.ts";

export interface ShownSession {
  sid: string;
  /** What it calls itself; empty when it says nothing. */
  device: string;
  place: string;
  since: string;
  used: string;
  isCurrent: boolean;
}

/** The browsers in which a person is signed in, and the way to end each. */
export function sessionsPage(data: AccountFrame & { sessions: readonly ShownSession[] }): string {
  const { sessions, words } = data;
  const texts = words.sessions;
  const all = sessions.map((one, at) => {
    const id = `session-${at + 1}`;
    const mark = markup` <span class="risk low">${texts.current}</span>`;
    return {
      id,
      title: markup`${one.device === "" ? texts.unnamed : named(one.device)}${one.isCurrent && mark}`,
      hint: say(texts.place, { place: markup`<bdi>${one.place}</bdi>`, since: one.since, used: one.used }),
      ...(!one.isCurrent && {
        action: button({ label: texts.end, kind: "outline", name: "end", value: one.sid, describedBy: id }),
      }),
    };
  });
  const others = sessions.some(({ isCurrent }) => !isCurrent);
  const body = markup`<p>${texts.lead}</p>
${form(
  data,
  markup`${rows(all)}
${others && actions([button({ label: texts.endOthers, kind: "neutral", name: "end", value: "others" })])}`,
)}`;
  return accountLayout(data, "sessions", texts.title, body);
}
