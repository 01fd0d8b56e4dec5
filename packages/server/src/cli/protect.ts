import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "./command.ts";
import { secondsOf } from "./duration-option.ts";
import type { Given } from "./given.ts";
import { jsonOption } from "./output.ts";

const usualAddress = "127.0.0.1:8808";

/** `valetkey protect -- npx some-mcp-server`: OAuth 2.1 in front of a server that knows nothing of it. */
export const protectCommand: Command = {
  name: "protect",
  summary: "Put OAuth 2.1 in front of a stdio MCP server, which becomes a guarded Streamable HTTP endpoint",
  behind: {
    name: "PROGRAM [ARGUMENTS]",
    says: "the MCP server, as it is started by hand; no shell reads it",
    example: "npx -y @modelcontextprotocol/server-filesystem /srv/files",
  },
  options: {
    issuer: {
      value: "URL",
      says: "Whose tokens count: a Valetkey, or any OAuth 2.1 issuer that signs RFC 9068 access tokens",
      example: "https://login.example.com",
    },
    listen: {
      value: "HOST:PORT",
      says: `Where it listens, 0 picks a free port (default: ${usualAddress})`,
      example: usualAddress,
    },
    resource: {
      value: "URL",
      says: "The URL that clients are given, when a proxy stands in front (default: the address above, path /mcp)",
      example: "https://files.example.com/mcp",
    },
    process: {
      value: "HOW",
      says: "per-caller: a process for each person and client; shared: one for all, which must keep callers apart itself (default: per-caller)",
      example: "per-caller",
    },
    most: {
      value: "N",
      says: "Most processes at once; beyond, new callers are told to come back (default: 50)",
      example: "50",
    },
    idle: {
      value: "DURATION",
      says: "A process without a message for so long ends (default: 10m)",
      example: "10m",
    },
    timeout: {
      value: "DURATION",
      says: "The longest that one request may take (default: 10m)",
      example: "10m",
    },
    prefix: {
      value: "WORD",
      says: "What the scopes begin with: WORD:read and WORD:write (default: mcp)",
      example: "files",
    },
    tools: {
      value: "FILE",
      says: "Your word on tools and scopes, in the place of the server's annotations (YAML)",
      example: "tools.yaml",
    },
    env: {
      value: "NAME[=VALUE]",
      many: true,
      says: "A variable that the server is given; with the name alone, the value that it has here",
      example: "GITHUB_TOKEN",
    },
    "tell-caller": {
      says: "Tell each process whose it is: VALETKEY_CALLER_ISSUER, VALETKEY_CALLER_SUBJECT, VALETKEY_CALLER_CLIENT_ID",
    },
    introspect: {
      value: "CLIENT",
      says: "Ask the issuer about each token, as this client, so that a revoked one is refused within 5 seconds; its secret stands in VALETKEY_CLIENT_SECRET",
      example: "client_files",
    },
    "allow-origin": {
      value: "ORIGIN",
      many: true,
      says: "Pages of this origin may call, beside the resource's own",
      example: "https://inspector.example.com",
    },
    ...jsonOption,
  },
  notes: [
    "Reading needs WORD:read. A tool needs WORD:write unless the server calls it read-only; a tool that it does not list needs WORD:write too.",
    "The client's token never reaches the server. Of the environment it gets PATH, HOME, the language and the like, and what --env names.",
    "When it is ready it prints the command that registers the resource and its scopes at a Valetkey.",
  ],
  examples: [
    "protect --issuer https://login.example.com -- npx -y @modelcontextprotocol/server-filesystem /srv/files",
    "protect --issuer http://127.0.0.1:8484 --prefix files --process shared -- npx -y @modelcontextprotocol/server-everything",
  ],
  read(given, io) {
    const issuer = given.required(
      "issuer",
      "is needed: the URL of the server that people log in at (valetkey start --demo gives you one to try)",
    );
    if (issuer !== "" && !isWebUrl(issuer)) given.refuse("issuer", "is no URL", issuer);
    const resource = given.text("resource");
    if (resource !== undefined && !isWebUrl(resource)) given.refuse("resource", "is no URL", resource);
    const [program, ...args] = given.behind;
    if (program === undefined)
      given.refuseAll([
        "Behind -- stands the server to protect, e.g. valetkey protect --issuer URL -- npx some-mcp-server",
      ]);
    const { host, port } = addressOf(given);
    const how = given.text("process") ?? "per-caller";
    if (how !== "per-caller" && how !== "shared") given.refuse("process", "is per-caller or shared", how);
    if (how === "shared" && given.has("tell-caller"))
      given.refuse(
        "tell-caller",
        "goes with --process per-caller: a process of many callers has no one to be told of",
      );
    const most = given.text("most") ?? "50";
    if (!/^[1-9]\d{0,3}$/.test(most)) given.refuse("most", "is a number from 1 to 9999", most);
    const prefix = given.text("prefix") ?? "mcp";
    if (!/^[\w.-]{1,40}$/.test(prefix))
      given.refuse("prefix", "is a word of letters, digits, _, . and -", prefix);
    const tools = toolsText(given, io.folder);
    const env = environmentOf(given, io.env);
    const introspection = introspectionOf(given, io.env.VALETKEY_CLIENT_SECRET);
    const times = { idle: secondsOf(given, "idle") ?? 600, timeout: secondsOf(given, "timeout") ?? 600 };
    return async (io) => {
      // Loaded only here: the other commands answer sooner without the gateway.
      const { startProtected } = await import("./start-protected.ts");
      return await startProtected(
        {
          program: program ?? "",
          args,
          folder: io.folder,
          env,
          issuer,
          ...(resource !== undefined && { resource }),
          host,
          port,
          process: how === "shared" ? "shared" : "per-caller",
          tellCaller: given.has("tell-caller"),
          most: Number(most),
          ...times,
          prefix,
          tools,
          guard: {
            allowedOrigins: given.texts("allow-origin"),
            ...(introspection && { introspection }),
          },
        },
        given.has("json"),
        io,
      );
    };
  },
};

function isWebUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function addressOf(given: Given): { readonly host: string; readonly port: number } {
  const text = given.text("listen") ?? usualAddress;
  const [, host = "", port = ""] =
    /^(?:\[([\da-f:.]+)\]|([\w.-]+)):(\d{1,5})$/i.exec(text)?.filter(Boolean) ?? [];
  if (port === "" || Number(port) > 65_535) given.refuse("listen", "is an address and a port", text);
  return { host, port: Number(port) };
}

function introspectionOf(given: Given, clientSecret: string | undefined) {
  const clientId = given.text("introspect");
  if (clientId === undefined) return undefined;
  if (clientSecret === undefined || clientSecret === "")
    given.refuse("introspect", "needs the client's secret in the variable VALETKEY_CLIENT_SECRET", clientId);
  return { clientId, clientSecret: clientSecret ?? "", cacheSeconds: 5 };
}

function toolsText(given: Given, folder: string): string {
  const file = given.text("tools");
  if (file === undefined) return "";
  try {
    return readFileSync(resolve(folder, file), "utf8");
  } catch {
    given.refuse("tools", "cannot be read", file);
    return "";
  }
}

function environmentOf(
  given: Given,
  own: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const pairs = given.texts("env").flatMap((text) => {
    const at = text.indexOf("=");
    const name = at < 0 ? text : text.slice(0, at);
    const value = at < 0 ? own[name] : text.slice(at + 1);
    if (/^VALETKEY_/i.test(name))
      given.refuse("env", "is a variable of Valetkey, which is never passed on", name);
    else if (!/^[A-Za-z_]\w*$/.test(name)) given.refuse("env", "begins with no name of a variable", text);
    else if (value === undefined) given.refuse("env", "is not set here", name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(pairs);
}
