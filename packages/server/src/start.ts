import { Journal } from "./adapters/audit/journal.ts";
import { type LogLevel, stderrLogger } from "./adapters/audit/logger.ts";
import { systemClock } from "./adapters/clock/system.ts";
import { type NodeKeys, openKeys } from "./adapters/keys/keys.ts";
import { loadRing, type RingSource } from "./adapters/keys/ring-file.ts";
import type { RotationSchedule } from "./adapters/keys/rotation.ts";
import { requireSameRing } from "./adapters/keys/same-ring.ts";
import { type Limit, windowLimiter } from "./adapters/limiter/window.ts";
import { openStore } from "./adapters/open-store.ts";
import { outbound } from "./adapters/outbound/outbound.ts";
import { argon2Passwords } from "./adapters/passwords/argon2.ts";
import { json } from "./http/answer.ts";
import { type Listener, type ListenOptions, listen } from "./http/node.ts";
import type { Handler } from "./http/router.ts";
import type { LimitName } from "./ports/limiter.ts";
import type { Passwords } from "./ports/passwords.ts";
import type { Settings } from "./ports/settings.ts";
import type { Store } from "./ports/store.ts";
import type { Seconds } from "./records/instant.ts";
import { createServer } from "./server.ts";

/** Everything that a process needs to know before it starts; `config/` makes it from a file, the demonstration by hand. */
export interface Plan {
  /** The core's settings, once the port is known. */
  settings(port: number): Settings;
  /** A file of SQLite, or a `postgres://` URL. */
  readonly store: string;
  readonly ring: Omit<RingSource, "create">;
  readonly listen: ListenOptions;
  readonly limits: Readonly<Record<LimitName, Limit>>;
  readonly rotation: RotationSchedule;
  /** A fetch of a foreign document, DNS to last byte. */
  readonly fetchDeadline: Seconds;
  /** Self-registered clients that nobody ever authorized are collected after this long. */
  readonly unusedClientsAfter: Seconds;
  /** How many trace steps are kept. */
  readonly traceKeep: number;
  readonly logLevel: LogLevel;
}

/** A running server, for those who started it. */
export interface Running {
  readonly issuer: string;
  readonly store: Store;
  readonly passwords: Passwords;
  /** Takes no new request, finishes those under way, writes what was recorded, closes the store. */
  close(): Promise<void>;
}

/** How often keys of other nodes are read, the rotation is judged and expired rows are collected. */
const housekeepingEvery: Seconds = 30;
const collectAtOnce = 500;

/** Opens store and keys, listens, serves. The only place that chooses adapters. Nothing stays open when it fails. */
export async function start(plan: Plan): Promise<Running> {
  const opened: (() => Promise<void>)[] = [];
  try {
    return await open(plan, opened);
  } catch (thrown) {
    for (const close of opened.reverse()) await close().catch(() => undefined);
    throw thrown;
  }
}

async function open(plan: Plan, opened: (() => Promise<void>)[]): Promise<Running> {
  const clock = systemClock;
  const store = await openStore(plan.store);
  opened.push(() => store.close());
  const isFirstStart = (await store.settings.get("key-first")) === undefined;
  const ring = await loadRing({ ...plan.ring, create: isFirstStart });
  await requireSameRing(ring, store.settings);
  const log = stderrLogger(plan.logLevel);
  const audit = new Journal({ store, log, clock, trace: { keep: plan.traceKeep } });
  opened.push(() => audit.close());
  const warn = (sentence: string) => log.warn(sentence);
  const keys = await openKeys({ ring, store, clock, rotation: plan.rotation, warn });

  // The port may be any that is free, and the issuer names it: so the door opens before the house is furnished.
  let handle: Handler = async () => json(503, { error: "temporarily_unavailable" }, { "retry-after": "1" });
  const listener = await listen((request) => handle(request), audit, plan.listen);
  opened.push(() => listener.close());
  const settings = plan.settings(listener.port);
  const passwords = argon2Passwords();
  const network = outbound({
    allowLoopback: settings.documents.allowLoopback,
    maxBytes: settings.documents.maxBytes,
    deadline: plan.fetchDeadline,
  });
  const limiter = windowLimiter(plan.limits);
  ({ handle } = createServer(settings, { store, keys, clock, passwords, limiter, outbound: network, audit }));
  const housekeeping = keepHouse(plan, store, keys, audit);
  return {
    issuer: settings.issuer,
    store,
    passwords,
    close: () => close(listener, housekeeping, audit, store),
  };
}

async function close(
  listener: Listener,
  housekeeping: NodeJS.Timeout,
  audit: Journal,
  store: Store,
): Promise<void> {
  clearInterval(housekeeping);
  await listener.close();
  await audit.close();
  await store.close();
}

function keepHouse(plan: Plan, store: Store, keys: NodeKeys, audit: Journal): NodeJS.Timeout {
  const round = async () => {
    await keys.refresh();
    const now = systemClock.now();
    // Small steps, so that no request waits behind a large delete.
    for (let step = 0; step < 20; step++) {
      if ((await store.collect(now, now - plan.unusedClientsAfter, collectAtOnce)) < collectAtOnce) break;
    }
  };
  const timer = setInterval(() => {
    round().catch((thrown: unknown) => audit.failed(thrown, "housekeeping"));
  }, housekeepingEvery * 1000);
  return timer.unref();
}
