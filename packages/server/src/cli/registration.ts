import { printableLine } from "@valetkey/protocol/printable";

/** One permission of a protected server, as its issuer has to know it. */
export interface OfferedScope {
  readonly name: string;
  readonly sentence: string;
  readonly risk: "low" | "medium" | "high";
  /** Whether the issuer has it already, with another risk. */
  readonly isKnown?: boolean;
}

/** The command that makes the resource known. A scope of high risk is given by a role that is named, to nobody else. */
export function registration(
  resource: string,
  scopes: readonly OfferedScope[],
  defaultScopes: readonly string[] = [],
): string {
  const words = [...wordsOf(scopes), ...defaultsOf(scopes, defaultScopes)];
  return [`valetkey resource add ${quoted(resource)}`, ...words].join(" \\\n    ");
}

/** The command that adds scopes to a resource that is known. */
export function addition(
  resource: string,
  scopes: readonly OfferedScope[],
  defaultScopes: readonly string[] = [],
): string {
  const words = [...wordsOf(scopes), ...defaultsOf(scopes, defaultScopes)];
  return [`valetkey resource set ${quoted(resource)}`, ...words].join(" ");
}

/** A Valetkey takes the scopes of low risk without being told. */
function defaultsOf(scopes: readonly OfferedScope[], defaultScopes: readonly string[]): readonly string[] {
  const told = scopes.filter(({ name, risk }) => risk !== "low" && defaultScopes.includes(name));
  return told.map(({ name }) => `--default-scope ${quoted(name)}`);
}

/** What is to be done by hand for scopes of high risk; empty where there is none. */
export function roleAdvice(scopes: readonly OfferedScope[]): string {
  const high = scopes.filter(({ risk }) => risk === "high").map(({ name }) => name);
  if (high.length === 0) return "";
  return `
  The risk of ${high.join(", ")} is high: only people with the role operator can be granted it. Choose the role's name,
  and give it to people: valetkey account set-roles.
`;
}

function wordsOf(scopes: readonly OfferedScope[]): readonly string[] {
  return scopes.flatMap(({ name, sentence, risk, isKnown }) => [
    `--scope ${quoted(`${name}=${sentence}`)}`,
    ...(risk === "low" ? [] : [`--risk ${quoted(`${name}=${risk}`)}`]),
    ...(risk === "high" && !isKnown ? [`--allow ${quoted(`operator=${name}`)}`] : []),
  ]);
}

/** As a shell takes it: names of tools are the server's own words. */
function quoted(text: string): string {
  const plain = printableLine(text);
  return /^[\w@%+=:,./-]+$/.test(plain) ? plain : `'${plain.replaceAll("'", "'\\''")}'`;
}
