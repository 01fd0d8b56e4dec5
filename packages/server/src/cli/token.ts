import { createAgent, createMachine, type Token } from "@valetkey/agent";
import { clientOptions, readClient, requireMachine } from "./agent-client.ts";
import { told } from "./agent-fault.ts";
import {
  exampleResource,
  ours,
  profileOption,
  readAddress,
  readScopes,
  resourceOperand,
  scopeOption,
} from "./agent-options.ts";
import type { Command } from "./command.ts";
import { jsonOption, say } from "./output.ts";
import { isoMoment } from "./wording.ts";

export const tokenCommand: Command = {
  name: "token",
  summary: "Print an access token for a resource that valetkey login signed in at, renewed where needed",
  operand: resourceOperand,
  options: {
    scope: {
      ...scopeOption.scope,
      says: "A token with these scopes alone, of those that were granted (default: all of them)",
    },
    machine: { says: "As the client itself, without a person: for jobs (client credentials)" },
    ...clientOptions,
    ...profileOption,
    ...jsonOption,
  },
  notes: [
    "Standard output has the token and nothing else. It never asks a person: where nobody is signed in, or a scope was not granted, it says how to sign in and ends with 1.",
    "However many processes ask at once, one of them renews.",
  ],
  examples: [
    `token ${exampleResource}`,
    `token ${exampleResource} --scope notes:read`,
    `token ${exampleResource} --machine --issuer https://login.example.com --client-id client_nightly`,
  ],
  read(given, io) {
    const resource = readAddress(given) ?? "";
    const scopes = readScopes(given);
    const profile = given.text("profile");
    const client = readClient(given, io);
    const machine = given.has("machine") ? requireMachine(given, client) : undefined;
    return told(async (io) => {
      const about = { resource, ...ours(io) };
      const source = machine
        ? createMachine({ ...about, ...machine })
        : createAgent({ ...about, ...client, ...(profile === undefined ? {} : { profile }) });
      const token = await source.token({ scopes });
      if (token.tokenType === "DPoP" && !given.has("json")) {
        io.err(
          "This token is bound to a key: it serves with a proof by that key alone, which @valetkey/agent makes.\n",
        );
      }
      return say(io, given, tokenFacts(token), `${token.accessToken}\n`);
    });
  },
};

/** The names of RFC 6749 §5.1. */
function tokenFacts({ accessToken, tokenType, expiresAt, scopes }: Token) {
  return {
    access_token: accessToken,
    token_type: tokenType,
    expires_at: expiresAt === undefined ? null : isoMoment(expiresAt),
    scope: scopes?.join(" ") ?? null,
  };
}
