import { answerCalls } from "../call.ts";
import type { GuardCase } from "./cases.ts";
import { checkers } from "./checkers.ts";
import { newTokens } from "./tokens.ts";

/** A thousand tokens in turn, as the cache of a busy API holds them; and as many as a second of cold checks needs. */
const warmTokens = 1000;
const coldTokens = 5000;
/** The clock is looked at once in so many checks. */
const stride = 100;

const [name = ""] = process.argv.slice(2);
const makeChecker = checkers[name];
if (!makeChecker) throw new Error(`There is no guard ${name}.`);
const tokens = newTokens(coldTokens);
await requireJudgement();

answerCalls({
  check: ({ wanted, seconds }: { wanted: GuardCase; seconds: number }) =>
    wanted === "guard-cold" ? cold(seconds) : warm(seconds),
  resident: () => process.memoryUsage.rss(),
});

/** A guard that lets everything pass would be fast. */
async function requireJudgement(): Promise<void> {
  const checker = await makeChecker?.();
  const [good = "", other = ""] = tokens;
  const forged = `${good.slice(0, good.lastIndexOf("."))}${other.slice(other.lastIndexOf("."))}`;
  if (!checker || !(await checker.check(checker.prepare(good))))
    throw new Error(`${name} refuses a good token.`);
  if (await checker.check(checker.prepare(forged))) throw new Error(`${name} lets a forged token pass.`);
}

/** Each token once for a guard that has the keys but never saw it; then a new guard sees them all again. */
async function cold(seconds: number): Promise<Counted> {
  const total = { operations: 0, seconds: 0, cpu: 0 };
  while (total.seconds < seconds) {
    const checker = await makeChecker?.();
    if (!checker) break;
    const [first = "", ...rest] = tokens;
    await checker.check(checker.prepare(first));
    const prepared = rest.map((token) => checker.prepare(token));
    const spent = await counted(async () => {
      for (const token of prepared)
        if (!(await checker.check(token))) throw new Error("A good token was refused.");
      return prepared.length;
    });
    total.operations += spent.operations;
    total.seconds += spent.seconds;
    total.cpu += spent.cpu * spent.operations;
  }
  return { ...total, cpu: total.cpu / total.operations };
}

async function warm(seconds: number): Promise<Counted> {
  const checker = await makeChecker?.();
  if (!checker) throw new Error("There is no guard.");
  const prepared = tokens.slice(0, warmTokens).map((token) => checker.prepare(token));
  for (const token of prepared) await checker.check(token);
  return await counted(async () => {
    let operations = 0;
    for (const until = performance.now() + seconds * 1000; performance.now() < until; ) {
      for (let turn = 0; turn < stride; turn++) {
        const token = prepared[operations++ % warmTokens];
        if (!(await checker.check(token))) throw new Error("A good token was refused.");
      }
    }
    return operations;
  });
}

interface Counted {
  readonly operations: number;
  readonly seconds: number;
  /** Microseconds of processor time, threads included, for one check. */
  readonly cpu: number;
}

async function counted(work: () => Promise<number>): Promise<Counted> {
  const cpu = process.cpuUsage();
  const began = performance.now();
  const operations = await work();
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { operations, seconds, cpu: (user + system) / operations };
}
