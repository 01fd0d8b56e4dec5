import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { RingSource } from "../adapters/keys/ring-file.ts";
import { openStore } from "../adapters/open-store.ts";
import type { SignInSettings } from "../ports/settings.ts";
import type { Store } from "../ports/store.ts";
import type { Seconds } from "../records/instant.ts";
import type { Io } from "./command.ts";
import type { Options } from "./declaration.ts";
import type { Given } from "./given.ts";
import { UsageError } from "./usage-error.ts";
import { usualConfiguration } from "./usual-configuration.ts";

export const storeOptions = {
  config: {
    value: "FILE",
    says: `The server's configuration, which names the store (default: ./${usualConfiguration})`,
    example: usualConfiguration,
  },
  data: {
    value: "DIR",
    says: "Instead: the folder of a demonstration (default: ./.valetkey where there is no configuration)",
    example: ".valetkey",
  },
} as const satisfies Options;

/** Which store a command works on, and what it needs to know of the server that uses it. */
export interface ChosenStore {
  /** A `postgres://` URL or a file. */
  readonly location: string;
  /** undefined at a demonstration, whose port changes. */
  readonly issuer: string | undefined;
  readonly secretOverlap: Seconds;
  /** Who may make an account; undefined where the configuration could not be read. */
  readonly signUp: SignInSettings["signUp"] | undefined;
  /** Where leaked passwords are looked up; null where they are not. */
  readonly breaches: { readonly url: string } | null;
  /** Where the server's own keys come from. */
  readonly ring: Omit<RingSource, "create">;
  /** Said on standard error when nobody named the store. */
  readonly implied: string | undefined;
}

export interface OpenStore extends Omit<ChosenStore, "implied" | "location"> {
  readonly store: Store;
}

/** Finds the store that the options name or imply; opens nothing. Faults of the configuration go to `given`. */
export async function chosenStore(given: Given, io: Io): Promise<ChosenStore> {
  const config = given.text("config");
  const data = given.text("data");
  if (config !== undefined && data !== undefined) {
    given.refuse("data", "and --config exclude each other: a configuration names its store", data);
    return nothing;
  }
  if (config !== undefined) return await configured(config, false, given, io);
  if (data !== undefined) return demonstration(data, false, given, io);
  if (existsSync(join(io.folder, usualConfiguration)))
    return await configured(usualConfiguration, true, given, io);
  return demonstration(".valetkey", true, given, io);
}

/** Opens the store, lets `use` work on it, closes it whatever happens. */
export async function withStore(
  { location, implied, ...facts }: ChosenStore,
  io: Io,
  use: (open: OpenStore) => Promise<number>,
): Promise<number> {
  if (implied !== undefined) io.err(`${implied}\n`);
  const store = await openStore(location);
  try {
    return await use({ store, ...facts });
  } finally {
    await store.close();
  }
}

const nothing: ChosenStore = {
  ...{ location: "", issuer: undefined, secretOverlap: 0, breaches: null, implied: undefined },
  signUp: undefined,
  ring: { file: "" },
};

/** Whether the store is one file of SQLite. */
export function isEmbedded({ location }: Pick<ChosenStore, "location">): boolean {
  return !/^postgres(ql)?:\/\//.test(location);
}

async function configured(file: string, isImplied: boolean, given: Given, io: Io): Promise<ChosenStore> {
  try {
    const { readConfiguration } = await import("./configuration.ts");
    const { store, issuer, lifetimes, passwords, key_file, sign_in } = await readConfiguration(file, io);
    return {
      location: store,
      issuer,
      secretOverlap: lifetimes.client_secret_overlap,
      signUp: sign_in.sign_up,
      breaches: passwords.breach_check ? { url: passwords.breach_url } : null,
      ring: { file: key_file, text: io.env.VALETKEY_KEYS },
      implied: isImplied ? `Working on the store of ./${file}.` : undefined,
    };
  } catch (thrown) {
    if (!(thrown instanceof UsageError)) throw thrown;
    given.refuseAll(thrown.faults);
    return nothing;
  }
}

/** A demonstration's store is made by its start, never by a command: a wrong folder must not look like an empty server. */
function demonstration(folder: string, isImplied: boolean, given: Given, io: Io): ChosenStore {
  const location = join(resolve(io.folder, folder), "valetkey.sqlite");
  if (!existsSync(location)) {
    if (isImplied)
      given.refuseAll([
        `There is neither ./${usualConfiguration} nor the data of a demonstration in ./.valetkey. ` +
          "Name the store with --config FILE or --data DIR; valetkey init writes a configuration, valetkey start --demo begins a demonstration.",
      ]);
    else
      given.refuse(
        "data",
        "has no valetkey.sqlite; a demonstration that was started keeps one there",
        folder,
      );
  }
  return {
    location,
    issuer: undefined,
    secretOverlap: 7 * 86_400,
    signUp: "open",
    breaches: null,
    ring: { file: join(resolve(io.folder, folder), "valetkey.keys") },
    implied: isImplied ? "Working on the demonstration's store in ./.valetkey." : undefined,
  };
}
