import { setTimeout as pause } from "node:timers/promises";
import { type Handshake, handshakes, newSteps } from "../operations/handshakes.ts";
import type { Store } from "../ports/store.ts";
import type { TraceStep } from "../records/trace-step.ts";
import { chosenStore, storeOptions, withStore } from "./chosen-store.ts";
import type { Command, Io } from "./command.ts";
import type { Given } from "./given.ts";
import { jsonLine } from "./output.ts";
import { handshakeText, inkOf, mendOf, stepText } from "./trace-text.ts";
import { isoMoment } from "./wording.ts";

const usualLimit = 10;
/** How many steps are read: more than a server keeps by default. */
const mostSteps = 10_000;
/** How many new steps a second --follow can see. */
const window = 1_000;

export const traceCommand: Command = {
  name: "trace",
  summary: "Tell the last handshakes step by step, each refusal with its reason and what to change",
  options: {
    limit: { value: "N", says: `How many handshakes (default: ${usualLimit})`, example: "3" },
    client: { value: "ID", says: "Only those of this client", example: "calendar" },
    refused: { says: "Only those in which something was refused or failed" },
    follow: { says: "Go on with new steps as they come, until Ctrl-C" },
    json: { says: "One line of JSON for each handshake; with --follow for each step" },
    ...storeOptions,
  },
  notes: [
    "Times are UTC. The oldest handshake comes first, so that the newest stands next to the prompt.",
    "Tokens, codes, secrets and passwords are never in a trace.",
  ],
  examples: ["trace", "trace --refused --limit 3", "trace --follow"],
  async read(given, io) {
    const limit = limitOf(given);
    const choice = await chosenStore(given, io);
    return (io) =>
      withStore(choice, io, async ({ store }) =>
        given.has("follow") ? await follow(store, given, io) : await tell(store, given, limit, io),
      );
  },
};

function limitOf(given: Given): number {
  const text = given.text("limit");
  if (text === undefined) return usualLimit;
  if (!/^[1-9]\d{0,3}$/.test(text)) given.refuse("limit", "is a number from 1 to 9999", text);
  return Number(text);
}

async function tell(store: Store, given: Given, limit: number, io: Io): Promise<number> {
  const wanted = given.text("client");
  const found = handshakes(await store.journal.steps(mostSteps))
    .filter(({ clientId }) => wanted === undefined || clientId === wanted)
    .filter(({ steps }) => !given.has("refused") || steps.some(isTrouble))
    .slice(0, limit)
    .toReversed();
  if (given.has("json")) {
    for (const handshake of found) io.out(jsonLine(handshakeFacts(handshake)));
    return 0;
  }
  const ink = inkOf(io.isTerminal, io.env);
  const names = await namesOf(store, found);
  const texts = found.map((handshake) => handshakeText(handshake, ink, names.get(handshake.clientId ?? "")));
  const nothing =
    wanted === undefined && !given.has("refused")
      ? "Nothing is recorded yet. Connect a client, then look again.\n"
      : "There is no such handshake in the trace.\n";
  io.out(texts.length === 0 ? nothing : texts.join("\n"));
  return 0;
}

async function namesOf(store: Store, found: readonly Handshake[]): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const id of new Set(found.map(({ clientId }) => clientId ?? ""))) {
    const client = id.startsWith("http")
      ? (await store.documents.find(id))?.client
      : await store.clients.find(id);
    if (client && client.name !== id) names.set(id, client.name);
  }
  return names;
}

async function follow(store: Store, given: Given, io: Io): Promise<number> {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
  const ink = inkOf(io.isTerminal, io.env);
  const wanted = given.text("client");
  let seen = await store.journal.steps(window);
  io.err("Following the trace; Ctrl-C stops.\n");
  while (!stop.signal.aborted) {
    await pause(1_000, undefined, { signal: stop.signal }).catch(() => undefined);
    const now = await store.journal.steps(window);
    for (const step of newSteps(seen, now).toReversed()) {
      if (wanted !== undefined && step.clientId !== wanted) continue;
      if (given.has("refused") && !isTrouble(step)) continue;
      const client = step.clientId === undefined ? "" : ` ${step.clientId}:`;
      const told = { ...step, says: `${client} ${step.says}`.trim() };
      io.out(given.has("json") ? jsonLine(stepFacts(step)) : stepText(told, ink));
    }
    seen = now;
  }
  return 0;
}

function isTrouble({ outcome }: TraceStep): boolean {
  return outcome !== "done";
}

function handshakeFacts({ clientId, began, steps }: Handshake) {
  return { client_id: clientId, began_at: isoMoment(began), steps: steps.map(stepFacts) };
}

function stepFacts(step: TraceStep) {
  const mend = mendOf(step);
  return {
    at: isoMoment(step.at),
    step: step.step,
    outcome: step.outcome,
    says: step.says,
    ...(step.refusal === undefined ? {} : { refusal: step.refusal }),
    ...(mend === undefined ? {} : { mend }),
    ...(step.clientId === undefined ? {} : { client_id: step.clientId }),
    address: step.address,
    user_agent: step.userAgent,
  };
}
