import { existsSync } from "node:fs";
import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { issuerFault } from "@valetkey/protocol/issuer";
import type { Command } from "./command.ts";
import { jsonOption, say } from "./output.ts";
import { UsageError } from "./usage-error.ts";
import { usualConfiguration } from "./usual-configuration.ts";

const exampleIssuer = "https://auth.example.com";

export const initCommand: Command = {
  name: "init",
  summary: "Write a configuration in which every setting is explained",
  options: {
    file: {
      value: "FILE",
      says: `Where to write (default: ./${usualConfiguration})`,
      example: usualConfiguration,
    },
    issuer: {
      value: "URL",
      says: `The public URL of the server, which signs every token (default: ${exampleIssuer}, to be changed)`,
      example: exampleIssuer,
    },
    force: { says: "Overwrite a file that stands there" },
    ...jsonOption,
  },
  examples: [`init --issuer ${exampleIssuer}`, "init --issuer http://127.0.0.1:8080 --file trial.yaml"],
  read(given, io) {
    const issuer = given.text("issuer") ?? exampleIssuer;
    if (issuerFault(issuer, { loopbackHttp: true }) !== undefined)
      given.refuse(
        "issuer",
        "is an https URL without a final slash, query or fragment (http on loopback only)",
        issuer,
      );
    const name = given.text("file") ?? usualConfiguration;
    const file = resolve(io.folder, name);
    if (existsSync(file) && !given.has("force")) given.refuseAll([standing(name)]);
    return async (io) => {
      const { commentedYaml } = await import("../config/describe.ts");
      await write(file, `${commentedYaml(issuer)}${listening(issuer)}`, given.has("force"), name);
      const change = given.has("issuer") ? "Look it over" : "Change `issuer` in it";
      const next = name === usualConfiguration ? "valetkey start" : `valetkey start --config ${name}`;
      return say(io, given, { file, issuer }, `Wrote ${name}. ${change}, then: ${next}\n`);
    };
  },
};

/** A loopback issuer has no proxy in front: the server itself listens at its port. */
function listening(issuer: string): string {
  const { protocol, port } = new URL(issuer);
  return protocol === "http:"
    ? `\n# The port of the issuer, which no proxy stands before.\nlisten:\n  port: ${port || "80"}\n`
    : "";
}

/** The file may come to hold the database's password, so that only its owner may read it. */
async function write(file: string, text: string, isForced: boolean, name: string): Promise<void> {
  try {
    const handle = await open(file, isForced ? "w" : "wx", 0o600);
    try {
      await handle.writeFile(text);
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === "EEXIST") throw new UsageError([standing(name)]);
    if (code === "ENOENT") throw new UsageError([`--file ${name}: its folder does not exist`]);
    throw thrown;
  }
}

function standing(name: string): string {
  return `--file ${name}: stands there already. Give another --file, or --force to overwrite it`;
}
