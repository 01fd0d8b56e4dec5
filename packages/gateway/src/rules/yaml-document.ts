import { type Document, isMap, isNode, LineCounter, type Node, parseDocument, visit } from "yaml";
import type { RuleFault } from "./fault.ts";

type Path = readonly PropertyKey[];

/** One YAML document with the places of what it holds. */
export interface YamlDocument {
  readonly value: unknown;
  /** The line of a value, or of the nearest group around it. */
  lineOf(path: Path): number | undefined;
  /** The line on which a name stands in a group. */
  lineOfName(path: Path, name: string): number | undefined;
}

/** The parser's own sentences quote the text, and the text may be a secret: only its codes are told. */
const sentences: Readonly<Record<string, string>> = {
  BAD_INDENT: "does not stand as far in as the lines above it ask",
  TAB_AS_INDENT: "is set in with a tab; use spaces",
  DUPLICATE_KEY: "has a name that stands twice",
  MISSING_CHAR: "lacks a closing sign: a quote, a bracket or a comma",
  MULTIPLE_DOCS: "begins a second document; there must be one",
  BLOCK_AS_IMPLICIT_KEY: "holds more than one name; put values with a colon in quotes",
};

/** Reads one document, or gives every place where it cannot be read. */
export function readYaml(text: string): YamlDocument | readonly RuleFault[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { prettyErrors: false, lineCounter: lines });
  const broken = document.errors.map(({ pos, code, message }) => ({
    line: lines.linePos(pos[0]).line,
    name: "the file",
    // The parser has one code for lines that stand wrongly and for brackets without an end.
    reason: message.startsWith("Flow ")
      ? "has a { or [ before this place that is not closed"
      : (sentences[code] ?? "cannot be read as YAML from here"),
  }));
  if (broken.length > 0) return eachOnce(broken);
  const value = plainValue(document);
  if (value === unresolved) {
    return [{ line: undefined, name: "the file", reason: "has aliases that cannot be resolved" }];
  }
  const lineAt = (offset: number | undefined) =>
    offset === undefined ? undefined : lines.linePos(offset).line;
  const lost = lostNames(document).map((key) => ({
    line: lineAt(key.range?.[0]),
    name: "__proto__",
    reason: "is a name that cannot be used",
  }));
  if (lost.length > 0) return lost;
  const nodeAt = (path: Path) => {
    const node = path.length === 0 ? document.contents : document.getIn(path, true);
    return isNode(node) ? node : undefined;
  };
  const read: YamlDocument = {
    value,
    lineOf(path) {
      for (let length = path.length; length >= 0; length--) {
        const node = nodeAt(path.slice(0, length));
        if (node?.range) return lineAt(node.range[0]);
      }
      return undefined;
    },
    lineOfName(path, name) {
      const node = nodeAt(path);
      const pair = isMap(node) ? node.items.find(({ key }) => String(key) === name) : undefined;
      return isNode(pair?.key) ? lineAt(pair.key.range?.[0]) : read.lineOf(path);
    },
  };
  return read;
}

function eachOnce(faults: readonly RuleFault[]): readonly RuleFault[] {
  return faults.filter(
    ({ line, reason }, at) => faults.findIndex((one) => one.line === line && one.reason === reason) === at,
  );
}

/** Checks of groups pass over this one name without a word: a condition or an entry would be gone. */
function lostNames(document: Document): readonly Node[] {
  const found: Node[] = [];
  visit(document, {
    Pair(_key, { key }) {
      if (isNode(key) && String(key.toJS(document, { maxAliasCount: 100 })) === "__proto__") found.push(key);
    },
  });
  return found;
}

const unresolved = Symbol("unresolved");

function plainValue(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) ?? {};
  } catch {
    return unresolved;
  }
}
