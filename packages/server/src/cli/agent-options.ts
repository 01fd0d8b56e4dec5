import { hostname } from "node:os";
import { type LoginStore, systemStore } from "@valetkey/agent";
import { printable } from "@valetkey/protocol/printable";
import { isScopeToken } from "@valetkey/protocol/scope";
import { isLoopbackHost } from "@valetkey/protocol/web-uri";
import type { Io } from "./command.ts";
import type { Operand, Options } from "./declaration.ts";
import type { Given } from "./given.ts";
import { version } from "./version.ts";

export const exampleResource = "https://notes.example.com/mcp";

export const resourceOperand = {
  name: "URL",
  says: "The MCP server's or API's own address",
  example: exampleResource,
} as const satisfies Operand;

export const scopeOption = {
  scope: {
    value: "SCOPE",
    many: true,
    says: "What to ask for (default: what the resource says that an ordinary request needs)",
    example: "notes:read",
  },
} as const satisfies Options;

export const profileOption = {
  profile: { value: "NAME", says: "Which of several logins at one resource", example: "work" },
} as const satisfies Options;

/** Where logins lie, by the environment of the command. */
export function loginStore(io: Io): LoginStore {
  return systemStore({ environment: io.env });
}

/** What every command has in common. The host's name is what an account page shows as the device's. */
export function ours(io: Io) {
  return {
    store: loginStore(io),
    now: () => io.now(),
    userAgent: `valetkey/${version} (${printable(hostname(), 60)}; ${process.platform})`,
  };
}

/** Notes a fault for what is no address that could be asked: the operand, or the option of that name. */
export function readAddress(given: Given, option?: string): string | undefined {
  const text = option === undefined ? given.operand : given.text(option);
  if (text === undefined || text === "") return undefined;
  const fault = addressFault(text);
  if (fault === undefined) return text;
  if (option === undefined) given.refuseOperand(fault);
  else given.refuse(option, fault, text);
  return undefined;
}

function addressFault(text: string): string | undefined {
  if (!URL.canParse(text)) return "is no URL";
  const { protocol, hostname, username, hash } = new URL(text);
  if (protocol !== "https:" && !(protocol === "http:" && isLoopbackHost(hostname))) {
    return "is an https URL, or http on this machine";
  }
  if (username !== "" || hash !== "") return "has no user name and no fragment";
  return undefined;
}

export function readScopes(given: Given): readonly string[] | undefined {
  // As a shell's quotes bring them: "notes:read notes:write" is two.
  const scopes = given.texts("scope").flatMap((text) => text.split(" ").filter(Boolean));
  for (const scope of scopes)
    if (!isScopeToken(scope)) given.refuse("scope", "has a character that no scope has", scope);
  return scopes.length === 0 ? undefined : [...new Set(scopes)];
}
