import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Io, Work } from "./command.ts";
import type { Given } from "./given.ts";
import { frontSettings, withoutPassword } from "./protect-options.ts";
import { programOptions } from "./protect-program.ts";

/** `valetkey protect --upstream URL --rules FILE`: notes every fault on `given`. */
export function readUpstream(given: Given, io: Io): Work {
  const front = frontSettings(given, io.env);
  const upstream = given.required("upstream", "is needed: --rules are about a server that runs already");
  const fault = upstream === "" ? undefined : upstreamFault(upstream);
  if (fault !== undefined) given.refuse("upstream", fault, withoutPassword(upstream));
  const rules = given.required(
    "rules",
    "is needed: the file that says what may be reached, and with which scopes",
  );
  const ca = authorities(given, io.folder, upstream);
  if (given.behind.length > 0)
    given.refuseAll([
      "Behind -- stands a program to start, and --upstream names a server that runs already: one of the two is meant",
    ]);
  for (const name of programOptions)
    if (given.has(name))
      given.refuse(name, "is about a program behind --, and --upstream names a server that runs already");
  return async (io) => {
    const { startProtectedUpstream } = await import("./start-protected-upstream.ts");
    const settings = {
      ...front,
      upstream,
      ...(ca !== undefined && { ca }),
      rulesFile: resolve(io.folder, rules),
      isJson: given.has("json"),
      showsUsage: given.has("usage"),
    };
    return await startProtectedUpstream(settings, io);
  };
}

/** The text of --upstream-ca, once every certificate in it could be read. */
function authorities(given: Given, folder: string, upstream: string): string | undefined {
  const file = given.text("upstream-ca");
  if (file === undefined) return undefined;
  if (!/^https:/i.test(upstream)) given.refuse("upstream-ca", "goes with an https --upstream", file);
  try {
    const text = readFileSync(resolve(folder, file), "utf8");
    const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
    for (const block of blocks) new X509Certificate(block);
    if (blocks.length > 0) return text;
    given.refuse("upstream-ca", "holds no certificate in PEM", file);
  } catch {
    given.refuse("upstream-ca", "cannot be read", file);
  }
  return undefined;
}

function upstreamFault(text: string): string | undefined {
  if (!URL.canParse(text)) return "is no URL";
  const { protocol, username, password, search, hash } = new URL(text);
  if (protocol !== "http:" && protocol !== "https:") return "is no http or https URL";
  if (username !== "" || password !== "") return "carries a password; name it under credentials in the rules";
  return search === "" && hash === "" ? undefined : "ends in a query or fragment, which no path can follow";
}
