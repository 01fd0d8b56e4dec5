import { readFile } from "node:fs/promises";
import { dirname, isAbsolute, join, resolve } from "node:path";
import type { z } from "zod";
import { contradictions } from "./contradictions.ts";
import { settings } from "./describe.ts";
import { type Environment, overridesOf } from "./environment.ts";
import { ConfigError, type ConfigFault, nearest } from "./fault.ts";
import { Config } from "./schema.ts";
import { isGroup, parseYaml, type Raw } from "./yaml.ts";

export interface ConfigSource {
  /** A YAML file; relative paths in the settings start at its folder. */
  readonly file?: string;
  /** YAML itself, instead of a file; relative paths start at the working folder. */
  readonly text?: string;
  readonly env: Environment;
}

/** The configuration with its paths made absolute. */
export type LoadedConfig = Config & { readonly key_file: string };

/** @throws ConfigError with every fault of file and environment at once */
export async function loadConfig(source: ConfigSource): Promise<LoadedConfig> {
  const text = source.file === undefined ? (source.text ?? "") : await readText(source.file);
  const raw = parseYaml(text, source.file ?? "the configuration");
  const { overrides, faults } = overridesOf(source.env);
  const variables = new Map<string, string>();
  for (const { path, variable, value } of overrides) {
    if (put(raw, path, value)) variables.set(path.join("."), variable);
  }
  const { config, faults: more } = judge(raw, variables);
  if (config === undefined || faults.length > 0) throw new ConfigError([...more, ...faults]);
  return withPaths(config, source.file === undefined ? process.cwd() : dirname(resolve(source.file)));
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
    const reason = code === "ENOENT" ? "does not exist" : `cannot be read (${code})`;
    throw new ConfigError([{ name: file, reason, example: "`valetkey init` writes a configuration." }]);
  }
}

/** False where the file has something else than a group; the schema then says so. */
function put(raw: Raw, path: readonly string[], value: unknown): boolean {
  const [name, ...rest] = path as [string, ...string[]];
  if (rest.length === 0) {
    raw[name] = value;
    return true;
  }
  raw[name] ??= {};
  const group = raw[name];
  return isGroup(group) && put(group, rest, value);
}

function judge(
  raw: Raw,
  variables: ReadonlyMap<string, string>,
): { config?: Config; faults: readonly ConfigFault[] } {
  const parsed = Config.safeParse(raw);
  if (parsed.success) {
    const faults = contradictions(parsed.data);
    return faults.length > 0 ? { faults } : { config: parsed.data, faults };
  }
  const faults = parsed.error.issues.flatMap((issue) => faultsOf(issue, variables));
  // What is wrong together must be told in the same breath: judged with defaults in the place of what is wrong alone.
  const mended = structuredClone({ ...raw, issuer: "https://auth.example.com" });
  for (const issue of parsed.error.issues) drop(mended, issue);
  const second = Config.safeParse(mended);
  return { faults: second.success ? [...faults, ...contradictions(second.data)] : faults };
}

type Issue = z.core.$ZodIssue;

function faultsOf(issue: Issue, variables: ReadonlyMap<string, string>): ConfigFault[] {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => unknownSetting([...path, key].join(".")));
  const name = path.filter((part) => !/^[0-9]+$/.test(part)).join(".");
  const item = path.at(-1)?.match(/^[0-9]+$/);
  const variable = variables.get(name);
  const about = settings.find((setting) => setting.name === name);
  const last = name.slice(name.lastIndexOf(".") + 1);
  return [
    {
      name: `${name}${item ? ` item ${Number(item[0]) + 1}` : ""}${variable ? ` (${variable})` : ""}`,
      reason: issue.message,
      example: about
        ? `For example: ${variable ? `${variable}=${about.example.replace(/^\[|\]$/g, "")}` : `${last}: ${about.example}`}`
        : `See ${last} in docs/settings.md.`,
    },
  ];
}

function unknownSetting(name: string): ConfigFault {
  const groups = settings.flatMap((setting) => setting.name.split(".").slice(0, -1));
  const meant = nearest(name, [...settings.map((setting) => setting.name), ...groups]);
  return {
    name,
    reason: "is no setting",
    example: meant ? `Did you mean ${meant}?` : "Remove it; the settings are in docs/settings.md.",
  };
}

function drop(raw: Raw, issue: Issue): void {
  const names =
    issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
  for (const path of names) {
    let group: unknown = raw;
    const parts = path.map(String).filter((part) => !/^[0-9]+$/.test(part));
    for (const part of parts.slice(0, -1)) group = isGroup(group) ? group[part] : undefined;
    const last = parts.at(-1);
    if (isGroup(group) && last !== undefined && last !== "issuer") delete group[last];
  }
}

function lookWithPaths(look: Config["look"], absolute: (path: string) => string): Config["look"] {
  const whole = <T extends { logo?: string | undefined }>(one: T): T =>
    one.logo === undefined ? one : { ...one, logo: absolute(one.logo) };
  const clients = Object.entries(look.clients).map(([id, client]) => [id, whole(client)]);
  return {
    ...whole(look),
    ...(look.logo_dark !== undefined && { logo_dark: absolute(look.logo_dark) }),
    ...(look.css !== undefined && { css: absolute(look.css) }),
    clients: Object.fromEntries(clients),
  };
}

function withPaths(config: Config, base: string): LoadedConfig {
  const absolute = (path: string) => (isAbsolute(path) ? path : join(base, path));
  const isFile = !/^postgres(ql)?:/i.test(config.store);
  const store = isFile ? absolute(config.store) : config.store;
  const beside = join(isFile ? dirname(store) : base, "valetkey.keys");
  const { mail } = config;
  const upstreams = Object.entries(config.upstreams).map(
    ([id, { client_secret_file: secret, private_key_file: key, ...rest }]) => [
      id,
      {
        ...rest,
        ...(secret !== undefined && { client_secret_file: absolute(secret) }),
        ...(key !== undefined && { private_key_file: absolute(key) }),
      },
    ],
  );
  return {
    ...config,
    store,
    key_file: config.key_file === undefined ? beside : absolute(config.key_file),
    mail: mail.password_file === undefined ? mail : { ...mail, password_file: absolute(mail.password_file) },
    upstreams: Object.fromEntries(upstreams),
    look: lookWithPaths(config.look, absolute),
    ...(config.places_file !== undefined && { places_file: absolute(config.places_file) }),
  };
}
