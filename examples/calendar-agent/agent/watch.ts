import { setTimeout as pause } from "node:timers/promises";
import type { Agent } from "@valetkey/agent";
import { agendaText, readAgenda } from "./agenda.ts";
import { passingTrouble } from "./trouble.ts";

export interface Watching {
  readonly calendar: string;
  /** Seconds between two readings. */
  readonly every: number;
  readonly signal: AbortSignal;
  say(text: string): void;
}

/** Reads today's agenda again and again, and says what changed. @throws AgentError when it may read no longer */
export async function watch(agent: Agent, { calendar, every, signal, say }: Watching): Promise<void> {
  let last = "";
  const news = (text: string) => {
    if (text !== last) say(text);
    last = text;
  };
  while (!signal.aborted) {
    try {
      const now = new Date();
      news(agendaText(await readAgenda(agent, calendar, now), now));
    } catch (thrown) {
      const why = passingTrouble(thrown);
      if (why === undefined) throw thrown;
      news(`${why} Trying again every ${every} seconds.`);
    }
    await pause(every * 1000, undefined, { signal }).catch(() => undefined);
  }
}
