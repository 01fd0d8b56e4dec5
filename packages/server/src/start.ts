import { Journal } from "./adapters/audit/journal.ts";
import { type LogLevel, stderrLogger } from "./adapters/audit/logger.ts";
import { openBreaches } from "./adapters/breaches/open-breaches.ts";
import { systemClock } from "./adapters/clock/system.ts";
import { keepHouse } from "./adapters/housekeeping/housekeeping.ts";
import { openKeys } from "./adapters/keys/keys.ts";
import { loadRing, type RingSource } from "./adapters/keys/ring-file.ts";
import type { RotationSchedule } from "./adapters/keys/rotation.ts";
import { requireKeysInUse, requireSameRing } from "./adapters/keys/same-ring.ts";
import { type Limit, windowLimiter } from "./adapters/limiter/window.ts";
import { type MailPlan, openMailer } from "./adapters/mail/open-mailer.ts";
import { otpauthPasswords } from "./adapters/one-time-passwords/otpauth.ts";
import { openStore } from "./adapters/open-store.ts";
import { outbound } from "./adapters/outbound/outbound.ts";
import { passkeysOf } from "./adapters/passkeys/passkeys.ts";
import { argon2Passwords } from "./adapters/passwords/argon2.ts";
import { passwordStrength } from "./adapters/passwords/strength.ts";
import { openPlaces } from "./adapters/places/places-file.ts";
import { upstreamsOf } from "./adapters/upstreams/open-upstreams.ts";
import type { UpstreamPlan } from "./adapters/upstreams/plan.ts";
import { requireSameProviders } from "./adapters/upstreams/same-providers.ts";
import { json } from "./http/answer.ts";
import { type Listener, type ListenOptions, listen } from "./http/node.ts";
import type { Handler } from "./http/router.ts";
import type { LimitName } from "./ports/limiter.ts";
import type { Passwords } from "./ports/passwords.ts";
import type { Settings } from "./ports/settings.ts";
import type { Store } from "./ports/store.ts";
import type { Seconds } from "./records/instant.ts";
import { createServer, type Ports } from "./server.ts";

/** Everything that the ports need to know; `config/` makes it from a file, the demonstration by hand. */
export interface PortsPlan {
  /** A file of SQLite, or a `postgres://` URL. */
  readonly store: string;
  readonly ring: Omit<RingSource, "create">;
  readonly limits: Readonly<Record<LimitName, Limit>>;
  /** Where else people may sign in. */
  readonly upstreams: readonly UpstreamPlan[];
  readonly rotation: RotationSchedule;
  /** How foreign documents are fetched; `deadline` in seconds from DNS to the last byte. */
  readonly documents: {
    readonly allowLoopback: boolean;
    readonly maxBytes: number;
    readonly deadline: Seconds;
  };
  /** Self-registered clients that nobody ever authorized are collected after this long. */
  readonly unusedClientsAfter: Seconds;
  readonly mail: MailPlan;
  /** Where leaked passwords are looked up; null where they are not. */
  readonly breaches: { readonly url: string } | null;
  /** A file that tells where addresses are; null for none. */
  readonly places: string | null;
  /** How long audit events are kept. */
  readonly auditKeep: Seconds;
  /** How many trace steps are kept. */
  readonly traceKeep: number;
  readonly logLevel: LogLevel;
}

/** Everything that a process needs to know before it starts. */
export interface Plan extends PortsPlan {
  readonly listen: ListenOptions;
  /** The core's settings, once the port is known. */
  settings(port: number): Settings;
}

/** A running server, for those who started it. */
export interface Running {
  readonly issuer: string;
  readonly store: Store;
  readonly passwords: Passwords;
  /** Takes no new request, finishes those under way, writes what was recorded, closes the store. */
  close(): Promise<void>;
}

/** What {@link openPorts} opened: the ports of the core, and the way to close them again. */
export interface Opened {
  readonly ports: Ports;
  /** Writes what was recorded and closes the store. */
  close(): Promise<void>;
}

/**
 * Opens store, keys and the rest for an app that embeds the core: `createServer(settings, ports).fetch`.
 * Nothing stays open when it fails.
 */
export async function openPorts(plan: PortsPlan): Promise<Opened> {
  const clock = systemClock;
  const store = await openStore(plan.store);
  try {
    const isFirstStart = (await store.settings.get("key-first")) === undefined;
    const ring = await loadRing({ ...plan.ring, create: isFirstStart });
    await requireSameRing(ring, store.settings);
    await requireKeysInUse(ring, store, clock.now());
    await requireSameProviders(plan.upstreams, store.settings);
    const log = stderrLogger(plan.logLevel);
    const warn = (sentence: string) => log.warn(sentence);
    const keys = await openKeys({ ring, store, clock, rotation: plan.rotation, warn });
    const audit = new Journal({ store, log, clock, trace: { keep: plan.traceKeep } });
    const mailer = await openMailer(plan.mail, audit, clock);
    const strength = passwordStrength({ warn });
    const { allowLoopback, maxBytes, deadline } = plan.documents;
    const ports: Ports = {
      store,
      keys,
      clock,
      passwords: argon2Passwords(),
      passkeysOf: passkeysOf(),
      oneTimePasswords: otpauthPasswords,
      strength,
      breaches: openBreaches(plan.breaches, clock, warn),
      mailer,
      upstreams: await upstreamsOf(plan.upstreams, { clock, allowLoopback }),
      places: await openPlaces(plan.places),
      limiter: windowLimiter(plan.limits),
      outbound: outbound({ allowLoopback, maxBytes, deadline }),
      audit,
    };
    const housekeeping = keepHouse({
      store,
      keys,
      clock,
      keep: { unused: plan.unusedClientsAfter, events: plan.auditKeep },
      failed: (thrown) => audit.failed(thrown, "housekeeping"),
    });
    const close = async () => {
      await housekeeping.stop();
      await mailer.close();
      await strength.close();
      await audit.close();
      await store.close();
    };
    return { ports, close };
  } catch (thrown) {
    await store.close();
    throw thrown;
  }
}

/** Opens the ports, listens, serves. Nothing stays open when it fails. */
export async function start(plan: Plan): Promise<Running> {
  const opened = await openPorts(plan);
  const { audit, store, passwords } = opened.ports;
  let listener: Listener | undefined;
  try {
    // The port may be any that is free, and the issuer names it: so the door opens before the house is furnished.
    let handle: Handler = async () => json(503, { error: "temporarily_unavailable" }, { "retry-after": "1" });
    const door = await listen((request) => handle(request), audit, plan.listen);
    listener = door;
    const settings = plan.settings(door.port);
    const server = createServer(settings, opened.ports);
    ({ handle } = server);
    const close = async () => {
      server.endWaits();
      await door.close();
      await opened.close();
    };
    return { issuer: settings.issuer, store, passwords, close };
  } catch (thrown) {
    await listener?.close(0);
    await opened.close();
    throw thrown;
  }
}
