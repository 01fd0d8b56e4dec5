import { setTimeout as pause } from "node:timers/promises";
import type { Caller } from "@valetkey/resource";
import type { Params } from "../json-rpc.ts";
import type { Log } from "../log.ts";
import { Unavailable } from "../unavailable.ts";
import type { ChildCommand } from "./child.ts";
import { Crashes } from "./crashes.ts";
import { childEnvironment, type Environment } from "./environment.ts";
import { ServerProcess } from "./server-process.ts";

export interface ProcessesOptions {
  readonly command: Omit<ChildCommand, "env">;
  /** The gateway's own environment, of which little is passed on. */
  readonly ownEnvironment: Environment;
  readonly givenEnvironment: Environment;
  readonly isForAll: boolean;
  /** Whether the server is told who calls, in VALETKEY_CALLER_*. */
  readonly tellsCaller: boolean;
  readonly most: number;
  readonly mostRequests: number;
  /** Seconds without a message after which a process ends. */
  readonly idle: number;
  /** Milliseconds. */
  readonly patience: number;
  readonly startPatience: number;
  readonly log: Log;
  /** Seconds since 1970. */
  readonly clock: () => number;
}

/** Processes of one person, or one machine, over all clients: nobody takes every place by registering more of them. */
const mostOfOne = 10;

/** One person has this part of the requests that may wait at a process for all. */
const shares = 10;

interface Entry {
  readonly person: string;
  readonly server: ServerProcess;
  usedAt: number;
}

/** One process a caller, or one for all; those that crash come back, those that idle go. */
export class Processes {
  readonly #options: ProcessesOptions;
  readonly #running = new Map<string, Entry>();
  readonly #ending = new Set<Promise<void>>();
  readonly #crashes = new Crashes();
  readonly #sweep: NodeJS.Timeout;
  #count = 0;

  constructor(options: ProcessesOptions) {
    this.#options = options;
    this.#sweep = setInterval(() => this.#endIdle(), Math.min(options.idle * 250, 30_000)).unref();
  }

  get isForAll(): boolean {
    return this.#options.isForAll;
  }

  get size(): number {
    return this.#running.size;
  }

  /**
   * The process that serves this caller, started if there is none.
   * @param introduction what it is told in `initialize` when it is started for it
   * @throws Unavailable when it cannot be started, has crashed just now, or too many run
   */
  async for(caller: Caller, era: "session" | "stateless", introduction: Params): Promise<ServerProcess> {
    const { isForAll, clock } = this.#options;
    const key = isForAll ? "all" : callerKey(caller, era);
    const entry = this.#running.get(key) ?? this.#start(key, caller, introduction);
    entry.usedAt = clock();
    try {
      await entry.server.hello;
    } catch (thrown) {
      // One that runs on without having answered, or that refused, serves nobody: the next caller finds none.
      if (this.#running.get(key) === entry) {
        this.#crashes.note(key, clock(), clock());
        this.#end(key);
      }
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      throw new Unavailable(502, `The MCP server does not start: ${why}`);
    }
    return entry.server;
  }

  /** Notes that a process is used. */
  touch(server: ServerProcess): void {
    for (const entry of this.#running.values())
      if (entry.server === server) entry.usedAt = this.#options.clock();
  }

  /** Starts one that belongs to nobody, to learn what the server is. It counts to no bound and is the asker's to end. */
  probe(introduction: Params): ServerProcess {
    return this.#spawn(introduction, {}, "probe", () => {});
  }

  /** Waits until no request is under way; `patience` milliseconds at most. */
  async settled(patience: number): Promise<void> {
    const end = performance.now() + patience;
    const isBusy = () => [...this.#running.values()].some(({ server }) => server.conversation.underWay > 0);
    while (isBusy() && performance.now() < end) await pause(20);
  }

  async close(): Promise<void> {
    clearInterval(this.#sweep);
    for (const key of [...this.#running.keys()]) this.#end(key);
    await Promise.all(this.#ending);
  }

  #start(key: string, caller: Caller, introduction: Params): Entry {
    const { most, clock, isForAll, tellsCaller, log } = this.#options;
    const wait = this.#crashes.wait(key, clock());
    if (wait > 0)
      throw new Unavailable(503, "The MCP server crashed and is started again in a moment.", wait);
    const person = personKey(caller);
    const own = [...this.#running.values()].filter((entry) => entry.person === person);
    if (own.length >= mostOfOne) throw new Unavailable(503, "You are served through too many clients.", 30);
    if (this.#running.size >= most) throw new Unavailable(503, "Too many callers are being served.", 30);
    const name = `server ${++this.#count}`;
    const told = tellsCaller && !isForAll ? callerFacts(caller) : {};
    const startedAt = clock();
    const server = this.#spawn(introduction, told, name, (reason, isCrash) => {
      if (this.#running.get(key)?.server === server) this.#running.delete(key);
      if (!isCrash) return;
      this.#crashes.note(key, startedAt, clock());
      log(`${name}: ${reason}`);
    });
    const entry = { person, server, usedAt: startedAt };
    this.#running.set(key, entry);
    return entry;
  }

  #spawn(
    introduction: Params,
    told: Environment,
    name: string,
    onEnd: (reason: string, isCrash: boolean) => void,
  ): ServerProcess {
    const {
      command,
      ownEnvironment,
      givenEnvironment,
      isForAll,
      mostRequests,
      patience,
      startPatience,
      log,
    } = this.#options;
    return new ServerProcess(
      {
        command: { ...command, env: childEnvironment(ownEnvironment, givenEnvironment, told) },
        isForAll,
        most: mostRequests,
        mostOfOne: isForAll ? Math.ceil(mostRequests / shares) : mostRequests,
        patience,
        startPatience,
        log: (line) => log(`${name}: ${line}`),
        onEnd,
      },
      introduction,
    );
  }

  #endIdle(): void {
    const { idle, clock, log } = this.#options;
    for (const [key, entry] of this.#running) {
      // Idleness begins when the last answer has left.
      if (entry.server.conversation.underWay > 0) entry.usedAt = clock();
      if (clock() - entry.usedAt < idle) continue;
      log(`A process without a message for ${idle} seconds is ended.`);
      this.#end(key);
    }
  }

  #end(key: string): void {
    const entry = this.#running.get(key);
    this.#running.delete(key);
    if (!entry) return;
    const ended = entry.server.end().finally(() => this.#ending.delete(ended));
    this.#ending.add(ended);
  }
}

/** A person, or a machine, over all clients. */
export function personKey(caller: Caller): string {
  return JSON.stringify([caller.claims.iss, caller.subject]);
}

/** A caller is a person, or a machine, through one client, as one issuer names them. */
export function callerKey(caller: Caller, use: string): string {
  return JSON.stringify([caller.claims.iss, caller.subject, caller.clientId, use]);
}

/** Names of the issuer's; a control in one could end a line of the server's log. */
function callerFacts(caller: Caller): Environment {
  const plain = (text: string) => text.replace(/\p{Cc}/gu, "?");
  return {
    VALETKEY_CALLER_ISSUER: plain(caller.claims.iss),
    VALETKEY_CALLER_SUBJECT: plain(caller.subject),
    VALETKEY_CALLER_CLIENT_ID: plain(caller.clientId),
  };
}
