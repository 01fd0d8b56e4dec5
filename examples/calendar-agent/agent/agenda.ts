import type { Agent } from "@valetkey/agent";

export interface Entry {
  readonly title: string;
  readonly location?: string;
  readonly start: string;
  readonly end: string;
}

/** The calendar answered otherwise than with an agenda. */
export class NoAgenda extends Error {
  override readonly name = "NoAgenda";
  readonly status: number;

  constructor(status: number) {
    super(`The calendar answered ${status}.`);
    this.status = status;
  }
}

/** The day of this machine's clock and time zone. @throws NoAgenda, AgentError */
export async function readAgenda(agent: Agent, calendar: string, day: Date): Promise<readonly Entry[]> {
  const from = new Date(day.getFullYear(), day.getMonth(), day.getDate());
  const to = new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1);
  const url = new URL("/agenda", calendar);
  url.searchParams.set("from", from.toISOString());
  url.searchParams.set("to", to.toISOString());
  const response = await agent.fetch(url);
  if (!response.ok) throw await refusedWith(response);
  const { events } = (await response.json()) as { readonly events: readonly Entry[] };
  return events;
}

/** The whole calendar as iCalendar. @throws NoAgenda, AgentError */
export async function readCalendar(agent: Agent, calendar: string): Promise<string> {
  const response = await agent.fetch(new URL("/calendar.ics", calendar));
  if (!response.ok) throw await refusedWith(response);
  return await response.text();
}

async function refusedWith(response: Response): Promise<NoAgenda> {
  await response.body?.cancel();
  return new NoAgenda(response.status);
}

const asDay = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });
const asTime = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** An agenda for a terminal. */
export function agendaText(entries: readonly Entry[], day: Date): string {
  const rows = entries.map(({ title, location, start, end }) => {
    const when = `${asTime.format(new Date(start))} - ${asTime.format(new Date(end))}`;
    return `  ${when}   ${printable(title)}${location === undefined ? "" : ` (${printable(location)})`}`;
  });
  return [`${asDay.format(day)}: ${counted(entries.length)}`, ...rows].join("\n");
}

function counted(events: number): string {
  if (events === 0) return "nothing planned";
  return events === 1 ? "one event" : `${events} events`;
}

/** Others write into calendars, too; what they write gives this terminal no orders. */
function printable(text: string): string {
  return text.replace(/\p{C}/gu, "?");
}
