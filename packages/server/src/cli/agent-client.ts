import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { AgentOptions } from "@valetkey/agent";
import { readAddress } from "./agent-options.ts";
import type { Io } from "./command.ts";
import type { Options } from "./declaration.ts";
import type { Given } from "./given.ts";
import { sentenceOf } from "./sentence.ts";

/** Who the command line is at the issuer, where it does not register itself. */
export const clientOptions = {
  issuer: {
    value: "URL",
    says: "Whose tokens the resource takes (default: the resource is asked)",
    example: "https://login.example.com",
  },
  "client-id": {
    value: "ID",
    says: "The client to be: one that is registered at the issuer, or the URL of a client metadata document; its secret stands in VALETKEY_CLIENT_SECRET",
    example: "client_notes",
  },
  "client-key": {
    value: "FILE",
    says: "The private key of the client, a JWK with alg and kid (private_key_jwt)",
    example: "client.jwk.json",
  },
} as const satisfies Options;

type RegisteredClient = Extract<NonNullable<AgentOptions["client"]>, { readonly id: string }>;

export interface ClientGiven {
  readonly issuer?: string;
  readonly client?: NonNullable<AgentOptions["client"]>;
}

/** What was said of issuer and client, to be spread among the options of an agent. */
export function readClient(given: Given, io: Io): ClientGiven {
  const issuer = readAddress(given, "issuer");
  const id = given.text("client-id");
  const key = readKey(given, io);
  const about = issuer === undefined ? {} : { issuer };
  if (id === undefined) {
    if (key) given.refuse("client-id", "is needed with --client-key");
    return about;
  }
  // The secret stands in the environment, where `ps` does not show it.
  const secret = io.env.VALETKEY_CLIENT_SECRET || undefined;
  if ((secret !== undefined || key) && given.text("issuer") === undefined) {
    given.refuse(
      "issuer",
      "is needed with a secret or key, which is shown to no issuer that a resource names",
    );
  }
  if (/^https:\/\//.test(id)) return { ...about, client: { document: id } };
  return { ...about, client: { id, ...(key ? { key } : secret === undefined ? {} : { secret }) } };
}

function readKey(given: Given, io: Io): RegisteredClient["key"] {
  const file = given.text("client-key");
  if (file === undefined) return undefined;
  try {
    const key: RegisteredClient["key"] | null = JSON.parse(readFileSync(resolve(io.folder, file), "utf8"));
    if (typeof key?.d === "string" && typeof key.alg === "string") return key;
    given.refuse("client-key", 'is no private JWK with "alg"', file);
  } catch (thrown) {
    const reason = thrown instanceof SyntaxError ? "is not JSON" : sentenceOf(thrown).replace(/\.$/, "");
    given.refuse("client-key", reason, file);
  }
  return {};
}

/** The client as a machine is it: one that can prove itself, and a named issuer. Notes what is missing. */
export function requireMachine(
  given: Given,
  { issuer, client }: ClientGiven,
): { readonly issuer: string; readonly client: RegisteredClient } {
  if (issuer === undefined && given.text("issuer") === undefined)
    given.refuse("issuer", "is needed with --machine");
  if (client && "id" in client) {
    if (client.secret === undefined && client.key === undefined)
      given.refuse("client-id", "needs VALETKEY_CLIENT_SECRET or --client-key with --machine", client.id);
    return { issuer: issuer ?? "", client };
  }
  given.refuse("client-id", "is needed with --machine, as registered at the issuer");
  return { issuer: "", client: { id: "" } };
}
