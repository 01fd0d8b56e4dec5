import { isIP } from "node:net";
import { type IssuerFault, issuerFault } from "@valetkey/protocol/issuer";
import { z } from "zod";
import type { Seconds } from "../records/instant.ts";
import { durationPattern, formatDuration, parseDuration } from "./duration.ts";

/** What the manual says of a setting beside its sentence and default. */
export interface About {
  readonly type: "text" | "duration" | "number" | "true or false" | "list" | "groups";
  /** One acceptable value, as the file writes it. */
  readonly example: string;
}

/** Every setting (a leaf of the schema) is registered here; groups are not. */
export const abouts = z.registry<About>();

export function told<S extends z.ZodType>(schema: S, says: string, about: About): S {
  const described = schema.describe(says);
  abouts.add(described, about);
  return described;
}

export interface Range {
  readonly least: number;
  readonly most: number;
}

/** Words in the file, seconds in the code. */
export function duration(usual: string, says: string, range: Partial<Range> = {}) {
  const { least = 1, most = 3650 * 86_400 } = range;
  const schema = z
    .string({ error: "must be a duration with its unit: s, m, h, d or w" })
    .regex(durationPattern, "must be a whole number and a unit: s, m, h, d or w")
    .transform((text, context): Seconds => {
      const seconds = parseDuration(text) as Seconds;
      if (seconds >= least && seconds <= most) return seconds;
      const message = `must be between ${formatDuration(least)} and ${formatDuration(most)}`;
      context.issues.push({ code: "custom", message, input: text });
      return z.NEVER;
    })
    .prefault(usual);
  return told(schema, says, { type: "duration", example: usual });
}

export function count(usual: number, says: string, { least, most }: Range) {
  const message = `must be a whole number between ${least} and ${most}`;
  const schema = z.int({ error: message }).min(least, message).max(most, message).default(usual);
  return told(schema, says, { type: "number", example: String(usual) });
}

export function flag(usual: boolean, says: string) {
  const schema = z.boolean({ error: "must be true or false" }).default(usual);
  return told(schema, says, { type: "true or false", example: String(!usual) });
}

/** Text that is not empty; `check` gives the reason against a value. */
export function text(check?: (value: string) => string | undefined) {
  return z
    .string({ error: ({ input }) => (input === undefined ? "is missing" : "must be text") })
    .min(1, "must not be empty")
    .superRefine((value, context) => {
      const message = value === "" ? undefined : check?.(value);
      if (message !== undefined) context.issues.push({ code: "custom", message, input: value });
    });
}

const issuerSentences: Readonly<Record<IssuerFault, string>> = {
  malformed: "must be a URL",
  scheme: "must begin with https://; http:// is allowed on 127.0.0.1, [::1] and localhost only",
  userinfo: "must not hold a user or password",
  query: "must have no query (RFC 8414 §2)",
  fragment: "must have no fragment (RFC 8414 §2)",
  "trailing-slash": "must not end in a slash: clients compare it as text",
  spelling: "must be spelled as browsers print it: lower-case host, no default port, no dot segments",
};

export function issuerReason(value: string): string | undefined {
  const fault = issuerFault(value, { loopbackHttp: true });
  return fault && issuerSentences[fault];
}

export function storeReason(value: string): string | undefined {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(value)?.[1]?.toLowerCase();
  // One letter before a colon is a drive of Windows.
  if (scheme === undefined) return undefined;
  if (scheme !== "postgres" && scheme !== "postgresql") return "must be a file path or a postgres:// URL";
  return URL.canParse(value)
    ? undefined
    : "is a postgres:// URL that cannot be read; write signs in the password as %XX";
}

export function proxyReason(value: string): string | undefined {
  const [, address = "", prefix] = /^([^/%]+)(?:\/([0-9]{1,3}))?$/.exec(value) ?? [];
  const family = isIP(address);
  if (family === 0 || Number(prefix ?? 0) > (family === 4 ? 32 : 128)) {
    return "must be an IP address or a range such as 10.0.0.0/8";
  }
  // A range of everybody would let every caller write its own address.
  return prefix !== undefined && Number(prefix) === 0 ? "must not be the range of all addresses" : undefined;
}

/** RFC 8252 §7.1: an app's scheme; web and loopback redirects need no list, and scripts are never one. */
export function appRedirectReason(value: string): string | undefined {
  if (!URL.canParse(value)) return "must be a URL with an app's own scheme";
  const { protocol, hash } = new URL(value);
  if (["http:", "https:"].includes(protocol)) return "must have an app's own scheme, not http or https";
  if (["javascript:", "data:", "blob:", "file:", "vbscript:", "about:"].includes(protocol)) {
    return "must not have a scheme that browsers run or open themselves";
  }
  return hash === "" && !value.includes("#") ? undefined : "must have no fragment";
}

/** A host in lower case, or all hosts below one by a leading dot. */
export function hostReason(value: string): string | undefined {
  const host = value.startsWith(".") ? value.slice(1) : value;
  const isHost = URL.canParse(`https://${host}/`) && new URL(`https://${host}/`).hostname === host;
  return isHost ? undefined : "must be a host in lower case, or a dot and a host: .example.com";
}

/** RFC 8707 §2: an absolute URI without a fragment. */
export function resourceReason(value: string): string | undefined {
  return URL.canParse(value) && !value.includes("#")
    ? undefined
    : "must be an absolute URI without a fragment";
}
