import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Io, Work } from "./command.ts";
import { secondsOf } from "./duration-option.ts";
import type { Given } from "./given.ts";
import { frontSettings } from "./protect-options.ts";

/** What is about processes and tools, and so about nothing that speaks HTTP already. */
export const programOptions = [
  "process",
  "most",
  "idle",
  "timeout",
  "prefix",
  "class-scopes",
  "tools",
  "env",
  "tell-caller",
] as const;

/** `valetkey protect -- PROGRAM`: notes every fault on `given`. */
export function readProgram(given: Given, io: Io): Work {
  const front = frontSettings(given, io.env);
  const [program, ...args] = given.behind;
  if (program === undefined)
    given.refuseAll([
      "Behind -- stands the server to protect, e.g. valetkey protect --issuer URL -- npx some-mcp-server; or --upstream names one that speaks HTTP",
    ]);
  for (const name of ["rules", "usage", "upstream-ca"])
    if (given.has(name)) given.refuse(name, "goes with --upstream: a stdio server has tools, not paths");
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
  const settings = {
    ...front,
    program: program ?? "",
    args,
    folder: io.folder,
    env: environmentOf(given, io.env),
    process: how === "shared" ? ("shared" as const) : ("per-caller" as const),
    tellCaller: given.has("tell-caller"),
    most: Number(most),
    idle: secondsOf(given, "idle") ?? 600,
    timeout: secondsOf(given, "timeout") ?? 600,
    prefix,
    classScopes: given.has("class-scopes"),
    ...toolsFile(given, io.folder),
  };
  return async (io) => {
    // Loaded only here: the other commands answer sooner without the gateway.
    const { startProtected } = await import("./start-protected.ts");
    return await startProtected(settings, given.has("json"), io);
  };
}

function toolsFile(given: Given, folder: string) {
  const file = given.text("tools");
  if (file === undefined) return {};
  try {
    return { tools: { file, text: readFileSync(resolve(folder, file), "utf8") } };
  } catch {
    given.refuse("tools", "cannot be read", file);
    return {};
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
    else if (!/^[A-Za-z_]\w*$/.test(name)) given.refuse("env", "begins with no name of a variable", name);
    else if (value === undefined) given.refuse("env", "is not set here", name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(pairs);
}
