import { readFileSync } from "node:fs";
import type { Credential, ExchangedCredential } from "./rules.ts";
import type { RulesFile } from "./schema.ts";

/** Where secrets come from. */
export interface SecretSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** @throws when the file cannot be read */
  readFile(path: string): string;
}

export const usualSecrets: SecretSources = {
  env: process.env,
  readFile: (path) => readFileSync(path, "utf8"),
};

type Written = RulesFile["credentials"][string];

/** What is sent, or how it is had; else the reason why there is none, which goes on where the setting's name ends. */
export function credentialOf(about: Written, secrets: SecretSources): Credential | string {
  const { env, file, exchange } = about;
  const header = about.header.toLowerCase();
  const scheme = about.scheme ?? (header === "authorization" ? "Bearer" : undefined);
  if ([env, file, exchange].filter((source) => source !== undefined).length !== 1) {
    return "must name one of env, file and exchange";
  }
  if (exchange !== undefined) return exchanged(exchange, { header, scheme }, secrets);
  const secret = secretOf(env, file, secrets);
  if (secret === undefined) return "has a source that is empty or cannot be read";
  if (!/^[\x20-\x7e]+$/.test(secret)) return "has a source with signs that no header carries";
  return { header, value: scheme === undefined ? secret : `${scheme} ${secret}` };
}

function exchanged(
  about: NonNullable<Written["exchange"]>,
  carrier: Pick<ExchangedCredential, "header" | "scheme">,
  secrets: SecretSources,
): ExchangedCredential | string {
  const { client_secret_env: env, client_secret_file: file } = about;
  if ((env === undefined) === (file === undefined)) {
    return "must name either exchange.client_secret_env or exchange.client_secret_file";
  }
  const clientSecret = secretOf(env, file, secrets);
  if (clientSecret === undefined) return "has a client secret that is empty or cannot be read";
  const { client_id: clientId, resource, scopes = [] } = about;
  return { ...carrier, exchange: { clientId, clientSecret, resource, scopes } };
}

export function secretOf(
  env: string | undefined,
  file: string | undefined,
  secrets: SecretSources,
): string | undefined {
  if (env !== undefined) return secrets.env[env]?.trim() || undefined;
  try {
    return file === undefined ? undefined : secrets.readFile(file).trim() || undefined;
  } catch {
    return undefined;
  }
}
