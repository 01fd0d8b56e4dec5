import { readFileSync } from "node:fs";
import { cssFaults } from "../pages/look/css.ts";
import { ConfigError, type ConfigFault } from "./fault.ts";
import { colorsOf } from "./look-faults.ts";
import type { Config } from "./schema.ts";

const largestPicture = 200_000;
const largestCss = 100_000;

/**
 * The look as the core asks for it, with its files read. Paths are absolute by now.
 * @throws ConfigError with every file that cannot be taken
 */
export function lookOf({ look }: Pick<Config, "look">) {
  const faults: ConfigFault[] = [];
  const clients = Object.entries(look.clients).map(([id, client]) => {
    const logo = pictureIn(`look.clients.${id}.logo`, client.logo, faults);
    return [id, { productName: client.product_name ?? null, logo, colors: colorsOf(client) }] as const;
  });
  const { privacy = null, terms = null, support = null } = look.links;
  const made = {
    logo: pictureIn("look.logo", look.logo, faults),
    logoDark: pictureIn("look.logo_dark", look.logo_dark, faults),
    colors: colorsOf(look),
    css: cssIn(look.css, faults),
    texts: look.texts,
    languages: [...new Set(look.languages)],
    links: { privacy, terms, support },
    clients: Object.fromEntries(clients),
  };
  if (faults.length > 0) throw new ConfigError(faults);
  return made;
}

function pictureIn(name: string, path: string | undefined, faults: ConfigFault[]) {
  const bytes = bytesIn(name, path, largestPicture, faults);
  if (bytes === undefined) return null;
  const type = typeOf(bytes);
  if (type !== undefined) return { type, bytes: new Uint8Array(bytes) };
  const reason = "is no picture that the pages can show";
  faults.push({ name, reason, example: "It may be SVG, PNG, WebP or JPEG." });
  return null;
}

function cssIn(path: string | undefined, faults: ConfigFault[]): string {
  const name = "look.css";
  const text = bytesIn(name, path, largestCss, faults)
    ?.toString("utf8")
    .replace(/^\ufeff/, "");
  if (text === undefined) return "";
  for (const { line, reason } of cssFaults(text)) {
    faults.push({ name: `${name} line ${line}`, reason, example: `See css in docs/settings.md.` });
  }
  return text.endsWith("\n") ? text : `${text}\n`;
}

function bytesIn(
  name: string,
  path: string | undefined,
  largest: number,
  faults: ConfigFault[],
): Buffer | undefined {
  if (path === undefined) return undefined;
  try {
    const bytes = readFileSync(path);
    if (bytes.length <= largest) return bytes;
    const reason = `names a file of ${bytes.length} bytes`;
    faults.push({ name, reason, example: `It may have ${largest} at most.` });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
    const reason =
      code === "ENOENT" ? "names a file that does not exist" : `names a file that cannot be read (${code})`;
    faults.push({ name, reason, example: "A relative path starts at the folder of the configuration." });
  }
  return undefined;
}

/** By what the file holds, not by what it is called: that is what a browser is told it may take it for. */
function typeOf(bytes: Buffer): "image/svg+xml" | "image/png" | "image/webp" | "image/jpeg" | undefined {
  const head = bytes.subarray(0, 12).toString("latin1");
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (head.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (head.startsWith("RIFF") && head.endsWith("WEBP")) return "image/webp";
  const text = bytes.subarray(0, 1_000).toString("utf8").trimStart();
  return /^\ufeff?(?:<\?xml[^>]*>\s*|<!--[\s\S]*?-->\s*|<!DOCTYPE svg[^>[]*>\s*)*<svg[\s>]/i.test(text)
    ? "image/svg+xml"
    : undefined;
}
