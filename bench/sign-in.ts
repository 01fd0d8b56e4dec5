import { argon2, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Child } from "./child.ts";
import { thisMachine } from "./machine.ts";
import type { LoadResult, Recipe } from "./recipe.ts";
import { type Attempt, type Attempted, anAttempt } from "./sign-in-attempt.ts";
import { spread } from "./statistics.ts";
import { world } from "./subjects/world.ts";

/**
 * `node --conditions=valetkey-source bench/sign-in.ts [ROUNDS] [SECONDS] [FLOOD] [OVER]`: sign-ins a second beside the bare hash,
 * and what a token and UserInfo cost while that many wrong passwords arrive, each from an address of its own, in one instant or
 * spread over that many seconds. Nothing is kept
 * on a core: hashes are to have them all, so the load takes its share of them too.
 */
const [rounds = 3, seconds = 10, flood = 1000, over = 0] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), "valetkey-sign-in-"));
const log = join(folder, "log");
let addresses = 0;
const generator = await Child.start({ file: "load/process.ts", core: undefined, log });
const server = await Child.start({
  file: "subjects/process.ts",
  args: ["valetkey", folder, "behind-a-proxy"],
  core: undefined,
  log,
});
try {
  const port = await server.call<number>("port");
  const { processor, cores, node, busy } = thisMachine(false);
  console.log(`${processor}, ${cores} cores, Node ${node}; load of the minute before ${busy.toFixed(2)}`);
  await throughput(port);
  for (const wanted of ["client-credentials", "userinfo"]) await beside(port, wanted);
} finally {
  await server.stop();
  await generator.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function throughput(port: number): Promise<void> {
  const bare: number[] = [];
  const ours: number[] = [];
  for (let round = 0; round < rounds; round++) {
    bare.push(await hashesPerSecond());
    const attempts = await attemptsAt(port, Math.ceil((bare.at(-1) ?? 1) * seconds), world.password);
    const began = performance.now();
    const statuses = await inLanes(attempts, 16);
    if (statuses.some(({ status }) => status !== 303)) throw new Error("A right password was refused.");
    ours.push(statuses.length / ((performance.now() - began) / 1000));
  }
  const shares = ours.map((rate, round) => rate / (bare[round] ?? Number.NaN));
  console.log(`\n${rounds} rounds of ${seconds} s in turn`);
  console.log(`bare argon2id, ${availableParallelism()} at once: ${told(bare, 1)} a second`);
  console.log(`sign-ins, 16 browsers: ${told(ours, 1)} a second, ${told(shares, 2)} of the bare hash`);
}

/** The latency at a steady rate, without and with the flood. */
async function beside(port: number, wanted: string): Promise<void> {
  const recipe = await server.call<Recipe>("prepare", { wanted, count: 2_000 });
  const steady = (time: number) =>
    generator.call<LoadResult>("generate", { port, recipe, connections: 64, seconds: time, rate: 100 });
  console.log(`\n${wanted}, 100 a second\n`);
  console.log(
    "| | p50 ms | p99 ms | answered 400 | turned away, with Retry-After | last answer s | resident MB |",
  );
  console.log("|---|---|---|---|---|---|---|");
  await steady(2);
  for (let round = 0; round < rounds; round++) {
    const quiet = await steady(seconds);
    console.log(`| quiet | ${quiet.p50.toFixed(1)} | ${quiet.p99.toFixed(1)} | | | | ${await resident()} |`);
    const attempts = await attemptsAt(port, flood, "wrong");
    const began = performance.now();
    let last = 0;
    const [loud, answers] = await Promise.all([
      steady(seconds),
      Promise.all(attempts.map((attempt, n) => sentAfter(attempt, (n * over) / flood))).then((all) => {
        last = (performance.now() - began) / 1000;
        return all;
      }),
    ]);
    const judged = answers.filter(({ status }) => status === 400).length;
    const away = answers.filter(({ status, retryAfter }) => status === 503 && retryAfter > 0).length;
    if (judged + away !== flood) throw new Error(`Answered otherwise: ${flood - judged - away}`);
    console.log(
      `| ${flood} ${over === 0 ? "at once" : `over ${over} s`} | ${loud.p50.toFixed(1)} | ${loud.p99.toFixed(1)} | ${judged} | ${away} | ${last.toFixed(1)} | ${await resident()} |`,
    );
  }
}

async function sentAfter(attempt: Attempt, wait: number): Promise<Attempted> {
  if (wait > 0) await pause(wait * 1000);
  return await attempt.send();
}

async function resident(): Promise<string> {
  const { resident } = await server.call<{ resident: number }>("used");
  return (resident / 1e6).toFixed(0);
}

/** Forms that are ready to be sent, each of a browser and an address of its own. */
async function attemptsAt(port: number, count: number, password: string): Promise<readonly Attempt[]> {
  const attempts: Attempt[] = [];
  for (let left = count; left > 0; left -= 50) {
    const some = Array.from({ length: Math.min(left, 50) }, async () => {
      const n = addresses++;
      const address = `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;
      const email = password === world.password ? world.email : `nobody${n}@example.com`;
      return await anAttempt({ port, address, email, password });
    });
    attempts.push(...(await Promise.all(some)));
  }
  return attempts;
}

async function inLanes(attempts: readonly Attempt[], lanes: number): Promise<readonly Attempted[]> {
  const answers: Attempted[] = [];
  const waiting = [...attempts];
  const lane = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) answers.push(await next.send());
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return answers;
}

/** As many at once as there are cores, as the server does. */
async function hashesPerSecond(): Promise<number> {
  const began = performance.now();
  let done = 0;
  const lane = async () => {
    while (performance.now() - began < seconds * 1000) {
      await hash();
      done++;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  return done / ((performance.now() - began) / 1000);
}

function hash(): Promise<void> {
  const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };
  return new Promise((resolve, reject) => {
    argon2("argon2id", { message: world.password, nonce: randomBytes(16), ...cost }, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

function told(values: readonly number[], digits: number): string {
  const { median, low, high } = spread(values);
  return `${median.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;
}
