import { stringify } from "yaml";
import { z } from "zod";
import { Config } from "./schema.ts";
import { upstream } from "./sections/upstreams.ts";
import { type About, abouts } from "./setting.ts";

/** One setting as the manual tells it. */
export interface SettingText extends About {
  /** With dots: `lifetimes.access_token`. */
  readonly name: string;
  /** The environment variable that overrides the file: `VALETKEY_LIFETIMES__ACCESS_TOKEN`. */
  readonly variable: string;
  readonly sentence: string;
  /** As the file writes it; undefined when the setting may be absent or must be given. */
  readonly usual: string | undefined;
  readonly isRequired: boolean;
}

interface GroupText {
  readonly name: string;
  readonly sentence: string;
  readonly members: readonly Entry[];
}

type Entry = SettingText | GroupText;

const entries = entriesOf(Config.shape, "");

/** Every setting, in the order of the schema. */
export const settings: readonly SettingText[] = flat(entries);

/** Every setting of one upstream; the environment sets all upstreams at once or none. */
export const upstreamSettings: readonly SettingText[] = flat(entriesOf(upstream.shape, "upstreams.<name>."));

function flat(some: readonly Entry[]): SettingText[] {
  return some.flatMap((entry) => ("members" in entry ? flat(entry.members) : [entry]));
}

function entriesOf(shape: z.core.$ZodShape, prefix: string): Entry[] {
  return Object.entries(shape).map(([member, type]) => {
    const schema = type as z.ZodType;
    const name = `${prefix}${member}`;
    const sentence = schema.description ?? "";
    const about = abouts.get(schema);
    if (about === undefined) return { name, sentence, members: entriesOf(shapeOf(schema), `${name}.`) };
    const usual = usualOf(schema);
    return {
      name,
      variable: `VALETKEY_${name.toUpperCase().replaceAll(".", "__")}`,
      sentence,
      usual: usual === undefined ? undefined : inline(usual),
      isRequired: !schema.safeParse(undefined).success,
      ...about,
    };
  });
}

function shapeOf(schema: z.ZodType): z.core.$ZodShape {
  const inner = schema instanceof z.ZodPrefault ? schema.unwrap() : schema;
  if (!(inner instanceof z.ZodObject))
    throw new Error("A setting stands in the schema without its sentence.");
  return inner.shape;
}

function usualOf(schema: z.ZodType): unknown {
  return schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault
    ? schema.def.defaultValue
    : undefined;
}

function inline(value: unknown): string {
  return stringify(value, { collectionStyle: "flow", lineWidth: 0, flowCollectionPadding: false }).trim();
}

/** The configuration that `valetkey init` writes: every setting with its sentence, those with a default commented out. */
export function commentedYaml(issuer: string): string {
  const head =
    "# Configuration of Valetkey. Lines that begin with `# ` and a name show the defaults: take the `# ` away to change one.\n";
  return [head, ...entries.map((entry) => topLevel(entry, issuer))].join("\n");
}

function topLevel(entry: Entry, issuer: string): string {
  if (entry.name === "issuer") return `# ${(entry as SettingText).sentence}\nissuer: ${inline(issuer)}\n`;
  const [sentence, ...lines] = linesOf(entry);
  return `${[sentence, ...lines.map((line) => `# ${line}`)].join("\n")}\n`;
}

function linesOf(entry: Entry): string[] {
  const member = entry.name.slice(entry.name.lastIndexOf(".") + 1);
  const sentence = `# ${entry.sentence}`;
  if (!("members" in entry)) return [sentence, `${member}: ${entry.usual ?? entry.example}`];
  return [sentence, `${member}:`, ...entry.members.flatMap(linesOf).map((line) => `  ${line}`)];
}

/** docs/settings.md */
export function settingsMarkdown(): string {
  return `# Settings

<!-- Generated from packages/server/src/config/schema.ts by \`npm run docs\`; do not edit. -->

The file is YAML. An environment variable overrides a setting: \`VALETKEY_\`, the name in capitals, \`__\` for each dot;
\`VALETKEY_LISTEN__PORT=9000\` sets \`listen.port\`, and a list is written with commas. Durations are a whole number and
\`s\`, \`m\`, \`h\`, \`d\` or \`w\`. A name that does not stand here is refused. \`VALETKEY_KEYS\` is no setting: it holds the
server's keys themselves, instead of \`key_file\`.

| setting | type | default | what it does | example |
|---|---|---|---|---|
${rowsOf(settings)}

## One upstream

| setting | type | default | what it does | example |
|---|---|---|---|---|
${rowsOf(upstreamSettings)}
`;
}

function rowsOf(some: readonly SettingText[]): string {
  const rows = some.map(
    ({ name, type, usual, isRequired, example, sentence }) =>
      `| \`${name}\` | ${type} | ${isRequired ? "required" : usual === undefined ? "none" : `\`${usual}\``} | ${cell(sentence)} | \`${example}\` |`,
  );
  return rows.join("\n");
}

function cell(sentence: string): string {
  return sentence.replaceAll("|", "\\|");
}

/** For editors: the file's form as JSON Schema 2020-12. */
export function settingsJsonSchema(): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(Config, { io: "input" });
}
