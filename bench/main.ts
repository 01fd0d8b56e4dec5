import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Child, canPin } from "./child.ts";
import { type GuardCase, guardRows, isGuardCase } from "./guard/cases.ts";
import { guardContestant } from "./guard-contestant.ts";
import { httpContestant, type Stage } from "./http-contestant.ts";
import { installPeers, installPostgres, isInstalled } from "./install.ts";
import { thisMachine } from "./machine.ts";
import { type Options, optionsOf, usage } from "./options.ts";
import { printPage, readSummary, tables } from "./page.ts";
import type { HttpCase } from "./recipe.ts";
import type { CaseResult, LeftOut, Summary } from "./results.ts";
import { type Contestant, inTurn } from "./rounds.ts";
import { type SubjectRow, subjects } from "./subjects.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const results = join(here, "results");
const summaryFile = join(results, "summary.json");

try {
  const options = optionsOf(process.argv.slice(2));
  if (options.help) console.log(usage);
  else if (options.print) printPage(readSummary(summaryFile));
  else await run(options);
} catch (thrown) {
  console.error(thrown instanceof Error ? thrown.message : thrown);
  process.exitCode = 1;
}

async function run(options: Options): Promise<void> {
  installPeers();
  const pinned = canPin() && cpus().length > 1;
  if (!pinned)
    console.log("Nothing is pinned: there is no taskset here, or one core only. Ratios are less sure.");
  const machine = thisMachine(pinned);
  console.log(
    `${machine.cores} cores of ${machine.processor}, Node ${machine.node}, ${machine.kernel}, fdatasync ${machine.sync.toFixed(2)} ms`,
  );
  if (machine.busy > 0.5)
    console.log(`This machine is busy (load ${machine.busy.toFixed(1)}): the figures are worth little.`);
  const began = new Date();
  mkdirSync(join(results, "raw"), { recursive: true });
  const raw = join(results, "raw", began.toISOString().replaceAll(":", "-"));
  const cores = pinned ? { server: cpus().length - 1, load: 0 } : { server: undefined, load: undefined };
  const cases: CaseResult[] = [];
  for (const name of options.only) {
    console.log(name);
    const enter = (leftOut: LeftOut[]) =>
      isGuardCase(name)
        ? enterGuards(name, options, { cores, log: `${raw}.log` }, leftOut)
        : enterSubjects(name, options, { cores, log: `${raw}.log` }, leftOut);
    cases.push(await measured(name, options, enter));
    const { rounds, seconds, connections } = options;
    const summary: Summary = { at: began.toISOString(), machine, rounds, seconds, connections, cases };
    // Written after each case: a run that is broken off has not been in vain.
    writeFileSync(`${raw}.json`, `${JSON.stringify(summary, null, 1)}\n`);
    console.log(tables({ ...summary, cases: cases.slice(-1) }));
    if (options.isWhole && cases.length === options.only.length) {
      writeFileSync(summaryFile, `${JSON.stringify(summary, null, 1)}\n`);
      printPage(summary);
    }
  }
  console.log(`Raw output: ${raw}.json`);
}

interface Entered {
  readonly contestants: readonly Contestant[];
  end(): Promise<void>;
}

async function measured(
  name: string,
  options: Options,
  enter: (leftOut: LeftOut[]) => Promise<Entered>,
): Promise<CaseResult> {
  const leftOut: LeftOut[] = [];
  const { contestants, end } = await enter(leftOut);
  try {
    const { measured, failed } = await inTurn(contestants, options);
    return { name, measured, leftOut: [...leftOut, ...failed] };
  } finally {
    await end();
  }
}

interface Place {
  readonly cores: { readonly server: number | undefined; readonly load: number | undefined };
  readonly log: string;
}

/** Starts everyone who can do the case, each in a process of its own that is new for it. */
async function enterSubjects(
  wanted: HttpCase,
  options: Options,
  { cores, log }: Place,
  leftOut: LeftOut[],
): Promise<Entered> {
  const folder = mkdtempSync(join(tmpdir(), "valetkey-bench-"));
  const generator = await Child.start({ file: "load/process.ts", core: cores.load, log });
  const contestants: Contestant[] = [];
  const closing: (() => Promise<unknown>)[] = [() => generator.stop()];
  for (const row of subjects.filter(
    ({ kind, name }) => kind === "floor" || options.subjects.includes(name),
  )) {
    const own = mkdtempSync(join(folder, `${row.name}-`));
    const stage: Stage = {
      generator,
      connections: options.connections,
      serverCore: cores.server,
      folder: own,
      log: join(own, "log"),
    };
    await enterOne(row, row.leftOut[wanted], leftOut, async () => {
      const variant = row.name === "valetkey-postgres" ? await ownPostgres(closing) : (row.variant ?? "");
      contestants.push(await httpContestant(stage, row, wanted, variant));
    });
  }
  return {
    contestants,
    async end() {
      for (const { stop } of contestants) await stop();
      for (const close of closing) await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Guards take part as their lines stand: who measures one measures all. */
async function enterGuards(
  wanted: GuardCase,
  options: Options,
  { cores, log }: Place,
  leftOut: LeftOut[],
): Promise<Entered> {
  const contestants: Contestant[] = [];
  const isAlone = !subjects.some(({ kind, name }) => kind === "peer" && options.subjects.includes(name));
  for (const row of guardRows.filter(({ kind }) => kind !== "peer" || !isAlone)) {
    await enterOne(row, row.leftOut[wanted], leftOut, async () => {
      contestants.push(await guardContestant(row, wanted, { core: cores.server, log }));
    });
  }
  return {
    contestants,
    async end() {
      for (const { stop } of contestants) await stop();
    },
  };
}

/** Lets one in, or notes why not. */
async function enterOne(
  row: Pick<SubjectRow, "title" | "needs">,
  cannot: string | undefined,
  leftOut: LeftOut[],
  enter: () => Promise<void>,
): Promise<void> {
  const reason =
    cannot ?? (row.needs && !isInstalled(row.needs) ? "its package could not be installed" : undefined);
  if (reason !== undefined) {
    leftOut.push({ title: row.title, reason });
    return;
  }
  try {
    await enter();
  } catch (thrown) {
    leftOut.push({ title: row.title, reason: `did not start: ${String(thrown).slice(0, 600)}` });
  }
}

/** The tests' own PostgreSQL, with its defaults for durability. @returns the URL of its database */
async function ownPostgres(closing: (() => Promise<unknown>)[]): Promise<string> {
  installPostgres();
  const { startPostgres } = await import("../packages/server/src/testing/postgres-cluster.ts");
  const cluster = await startPostgres();
  closing.push(() => cluster.stop());
  return cluster.url;
}
