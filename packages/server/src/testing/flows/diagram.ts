import { Names } from "./names.ts";
import type { Stage, Step } from "./stage.ts";
import { requestLines, responseLines, urlLines } from "./told-message.ts";

/** The Mermaid text of what happened on a stage. Two runs of one flow make the same text. */
export function diagramOf({ steps, server }: Pick<Stage, "steps" | "server">): string {
  const names = new Names();
  const own = new URL(server.issuer).origin;
  const roles = [...new Set(steps.flatMap(rolesIn))];
  const id = (role: string) => role.replaceAll(/[^A-Za-z]/g, "");
  const lines = steps.map((step) => lineOf(step, names, own, id));
  return [
    "sequenceDiagram",
    "  autonumber",
    ...roles.map((role) => `  participant ${id(role)} as ${role}`),
    ...lines.map((line) => `  ${line}`),
  ].join("\n");
}

function rolesIn(step: Step): readonly string[] {
  return step.kind === "note" ? step.over : [step.from, step.to];
}

function lineOf(step: Step, names: Names, own: string, id: (role: string) => string): string {
  if (step.kind === "note")
    return `Note over ${step.over.map(id).join(",")}: ${escaped(names.within(step.says))}`;
  const [from, to] = [id(step.from), id(step.to)];
  if (step.kind === "lost") return `${from}--x${to}: the answer is lost`;
  if (step.kind === "arrival") return `${from}->>${to}: ${joined(urlLines("GET", step.url, names, own))}`;
  if (step.kind === "request") return `${from}->>${to}: ${joined(requestLines(step.message, names, own))}`;
  return `${from}-->>${to}: ${joined(responseLines(step.message, names, own))}`;
}

function joined(lines: readonly string[]): string {
  return lines.map(escaped).join("<br/>");
}

/** What Mermaid would read as its own: entities stand for it. */
function escaped(text: string): string {
  return text.replaceAll(/[#;<>]/g, (mark) => entities[mark] ?? mark);
}

const entities: Readonly<Record<string, string>> = { "#": "#35;", ";": "#59;", "<": "#lt;", ">": "#gt;" };
