import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { judge, ratio } from "./aims.ts";
import type { CaseResult, Measured, Summary } from "./results.ts";
import { type Spread, spread } from "./statistics.ts";

const page = fileURLToPath(new URL("../docs/performance.md", import.meta.url));
const begin = "<!-- printed by npm run bench: begin -->";
const end = "<!-- printed by npm run bench: end -->";

const titles: Readonly<Record<string, string>> = {
  "client-credentials": "Client credentials, a JWT signed with ES256",
  "code-exchange": "A code exchanged for tokens",
  refresh: "A refresh, rotated",
  introspection: "Introspection",
  revocation: "Revocation of a refresh token",
  userinfo: "UserInfo",
  discovery: "The discovery document",
  "guard-cold": "The guard: a token never seen before, ES256",
  "guard-warm": "The guard: a thousand tokens in turn, seen before",
};

/** @throws with a sentence when nothing was measured yet */
export function readSummary(file: string): Summary {
  if (!existsSync(file)) throw new Error("There is no results/summary.json yet: run npm run bench.");
  return JSON.parse(readFileSync(file, "utf8")) as Summary;
}

/** Puts the tables between the markers of docs/performance.md; what stands around them is written by hand. */
export function printPage(summary: Summary): void {
  const text = readFileSync(page, "utf8");
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from)
    throw new Error("docs/performance.md has lost the marks between which the bench prints.");
  const { machine } = summary;
  const about = [
    `Measured ${summary.at.slice(0, 10)}: ${machine.cores} cores of ${machine.processor}, ${machine.memory}, ${machine.kernel}, ` +
      `Node ${machine.node}, OpenSSL ${machine.openssl}; fdatasync of 4 KiB ${machine.sync.toFixed(2)} ms (median), ` +
      `load before the run ${machine.busy.toFixed(1)}.`,
    machine.pinned
      ? "One server process kept on one core, the load from another."
      : "Nothing was kept on a core of its own: ratios are less sure.",
    `${summary.rounds} paired rounds of ${summary.seconds} s, ${summary.connections} keep-alive connections. Medians, with the lowest and highest round.`,
  ].join("\n");
  writeFileSync(page, `${text.slice(0, from)}${begin}\n\n${about}\n\n${tables(summary)}\n${text.slice(to)}`);
}

export function tables(summary: Pick<Summary, "cases">): string {
  return summary.cases.map(tableOf).join("\n");
}

function tableOf(result: CaseResult): string {
  const isHttp = result.measured.some(({ atHalf }) => atHalf.length > 0);
  const head = [
    "",
    "CPU an operation",
    "per second",
    ...(isHttp ? ["p50", "p99", "p99 at half load"] : []),
    "resident",
    "Valetkey's CPU over its",
    ...(isHttp ? ["keeps tokens"] : []),
  ];
  const ours = result.measured.find(({ name }) => name === "valetkey");
  const rows = result.measured.map((one) => row(one, ours, isHttp));
  const aims = judge(result).map(
    ({ aim, found, isMet }) => `- ${isMet ? "Met" : "**Not met**"}: ${aim}: ${found}.`,
  );
  const out = result.leftOut.map(({ title, reason }) => `- Left out: ${title}: ${reason.split("\n")[0]}.`);
  return [
    `## ${titles[result.name] ?? result.name}`,
    "",
    line(head),
    line(head.map(() => "---")),
    ...rows,
    "",
    ...aims,
    ...out,
    "",
  ].join("\n");
}

function row(one: Measured, ours: Measured | undefined, isHttp: boolean): string {
  const { rounds } = one;
  const isOurs = one === ours;
  const of = (pick: (round: Measured["rounds"][number]) => number | undefined) =>
    spread(rounds.map((round) => pick(round) ?? Number.NaN));
  return line([
    one.title,
    `${ranged(of(({ cpu }) => cpu))} µs`,
    Math.round(of(({ perSecond }) => perSecond).median).toLocaleString("en"),
    ...(isHttp
      ? [
          milliseconds(of(({ p50 }) => p50)),
          milliseconds(of(({ p99 }) => p99)),
          milliseconds(spread(one.atHalf)),
        ]
      : []),
    one.resident === undefined ? "" : `${Math.round(one.resident / 2 ** 20)} MB`,
    ours === undefined || isOurs ? "" : ratioText(ratio(ours, one)),
    ...(isHttp ? [one.durability ?? ""] : []),
  ]);
}

function ranged({ median, low, high }: Spread): string {
  const digits = median < 20 ? 1 : 0;
  return `${median.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;
}

function ratioText({ median, low, high }: Spread): string {
  return `${median.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}

function milliseconds({ median }: Spread): string {
  return `${median.toFixed(1)} ms`;
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
