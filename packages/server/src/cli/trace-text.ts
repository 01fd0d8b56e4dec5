import { printableLine } from "@valetkey/protocol/printable";
import { type Refusal, refusals } from "@valetkey/protocol/refusals";
import type { Handshake } from "../operations/handshakes.ts";
import type { TraceStep } from "../records/trace-step.ts";

/** Wraps words in a colour, or leaves them as they are. */
export interface Ink {
  good(text: string): string;
  bad(text: string): string;
  quiet(text: string): string;
}

const plain: Ink = { good: (text) => text, bad: (text) => text, quiet: (text) => text };
const coloured: Ink = { good: sgr(32), bad: sgr(31), quiet: sgr(2) };

function sgr(code: number) {
  return (text: string) => `\u001b[${code}m${text}\u001b[0m`;
}

/** https://no-color.org: colours on a terminal, and not where NO_COLOR is set to anything. */
export function inkOf(isTerminal: boolean, env: Readonly<Record<string, string | undefined>>): Ink {
  return isTerminal && (env.NO_COLOR ?? "") === "" && env.TERM !== "dumb" ? coloured : plain;
}

/** One handshake for people: a heading, its steps, what to change. */
export function handshakeText({ clientId, began, steps }: Handshake, ink: Ink, name?: string): string {
  const who =
    clientId === null ? "no client named yet" : printableLine(name ? `${name} (${clientId})` : clientId);
  const lines = steps.map((step) => stepText(step, ink));
  return `${day(began)} ${who}\n${lines.join("")}`;
}

/** One step: time, name, outcome, words; under a refusal what to change. */
export function stepText(step: TraceStep, ink: Ink): string {
  const outcome = step.outcome.padEnd(7);
  const head = `  ${time(step.at)}  ${printableLine(step.step).padEnd(13)}  ${step.outcome === "done" ? ink.good(outcome) : ink.bad(outcome)}`;
  const says = printableLine(step.says);
  const from = ink.quiet(printableLine(`${step.address}  ${step.userAgent}`.trim()));
  const mend = mendOf(step);
  const indent = " ".repeat(12);
  return [
    `${head}  ${says}`.trimEnd(),
    ...(mend === undefined ? [] : [`${indent}-> ${mend}`]),
    ...(step.outcome === "done" ? [] : [`${indent}${step.refusal ? `[${step.refusal}] ` : ""}${from}`]),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

/** What to change after a refusal; undefined when nothing was refused. */
export function mendOf({ refusal }: TraceStep): string | undefined {
  return refusal !== undefined && Object.hasOwn(refusals, refusal)
    ? refusals[refusal as Refusal].mend
    : undefined;
}

function day(at: number): string {
  return new Date(at * 1000).toISOString().slice(0, 10);
}

function time(at: number): string {
  return new Date(at * 1000).toISOString().slice(11, 19);
}
