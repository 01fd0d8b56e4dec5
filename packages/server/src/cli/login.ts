import { createAgent, hasBrowser, openInBrowser, type SignInOptions } from "@valetkey/agent";
import { clientOptions, readClient } from "./agent-client.ts";
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
import type { Command, Io } from "./command.ts";
import { deviceText } from "./device-text.ts";
import type { Given } from "./given.ts";
import { loginFacts, loginRows } from "./login-text.ts";
import { jsonOption, say } from "./output.ts";
import { columnsOf } from "./table.ts";

export const loginCommand: Command = {
  name: "login",
  summary: "Sign in at an MCP server or API, so that valetkey token has tokens for it",
  operand: resourceOperand,
  options: {
    ...scopeOption,
    "no-browser": { says: "Print the address to open; the browser has to run on this machine" },
    device: { says: "Show a code to allow on another device, as is done by itself over SSH" },
    dpop: { says: "Bind the tokens to a key of this machine, so that a copy is worth nothing (RFC 9449)" },
    ...clientOptions,
    port: {
      value: "PORT",
      says: "The port of 127.0.0.1 to come back to, at /callback (default: a free one)",
      example: "8765",
    },
    ...profileOption,
    ...jsonOption,
  },
  notes: [
    "The issuer is found by the resource's own metadata, and Valetkey registers itself there once. It works with every OAuth 2.1 issuer, not only with Valetkey.",
    "Tokens lie in a file of yours that nobody else can read, sealed with a key in the system's keychain where there is one; VALETKEY_KEYCHAIN=off leaves the keychain alone.",
  ],
  examples: [
    `login ${exampleResource}`,
    `login ${exampleResource} --scope notes:read --scope notes:write --no-browser`,
    `login ${exampleResource} --device --dpop`,
  ],
  read(given, io) {
    const resource = readAddress(given) ?? "";
    const client = readClient(given, io);
    const scopes = readScopes(given);
    const port = readPort(given);
    if (given.has("device") && given.has("no-browser")) {
      given.refuse("device", "is one way, --no-browser the other");
    }
    const profile = given.text("profile");
    const options = {
      resource,
      ...client,
      ...(scopes === undefined ? {} : { scopes }),
      ...(profile === undefined ? {} : { profile }),
      ...(port === undefined ? {} : { redirect: { port } }),
      dpop: given.has("dpop"),
      asksWho: true,
      registration: { name: "Valetkey command line" },
    };
    return told(async (io) => {
      const agent = createAgent({ ...options, ...ours(io) });
      const { kept, ...login } = await agent.signIn(wayOf(given, io));
      const facts = { ...loginFacts(login), sealed: kept.isSealed };
      const text = `${columnsOf(loginRows(login, io.now()))}\n\nSigned in. ${kept.says}\n`;
      return say(io, given, facts, text);
    });
  },
};

function readPort(given: Given): number | undefined {
  const text = given.text("port");
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535) {
    given.refuse("port", "is a number from 1 to 65535", text);
  }
  return port;
}

/** Which way the person is reached: what was asked for, else a browser where one would open, else a code. */
function wayOf(given: Given, io: Io): SignInOptions {
  const showDeviceCode: SignInOptions["showDeviceCode"] = (code) => io.err(deviceText(code, io.now()));
  const printAddress = (address: URL) => {
    io.err(`Open this address in a browser on this machine:\n\n  ${address.href}\n\nWaiting ...\n`);
  };
  if (given.has("device")) return { showDeviceCode };
  if (given.has("no-browser")) return { showAddress: printAddress };
  if (!hasBrowser(io.env)) return { showDeviceCode, showAddress: printAddress, prefersDevice: true };
  return {
    async showAddress(address) {
      io.err(`Your browser opens. Should it not, open this address:\n\n  ${address.href}\n\nWaiting ...\n`);
      await openInBrowser(address).catch(() => io.err("No browser could be opened.\n"));
    },
  };
}
