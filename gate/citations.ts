import { readFileSync } from "node:fs";
import { join } from "node:path";
import { filesEnding, root } from "./house.ts";

/** One test that says which requirement it proves. */
export interface Citation {
  readonly id: string;
  readonly file: string;
  readonly line: number;
}

/** `spec("ID", ...)` and `spec(["ID", "ID"], ...)`. */
const SPEC = /\bspec\(\s*(?:"([^"]+)"|\[([^\]]*)\])/g;
/** `it("[ID ID] sentence", ...)`, in any quotes. */
const NAME = /\b(?:it|test)\(\s*["'`]\[([^\]]*)\]/g;
const ID = /^[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+$/;

/** What the text of one test file cites. */
export function citationsIn(text: string, file: string): Citation[] {
  const found: Citation[] = [];
  for (const pattern of [SPEC, NAME]) {
    for (const match of text.matchAll(pattern)) {
      const ids = (match[1] ?? match[2] ?? "").split(/[\s,"']+/).filter(Boolean);
      const line = text.slice(0, match.index).split("\n").length;
      // A word in brackets that is no id at all is part of a sentence; one `${...}` cannot be read and is no citation.
      if (ids.some((id) => ID.test(id))) found.push(...ids.map((id) => ({ id, file, line })));
    }
  }
  return found;
}

/** Every citation in the repository's tests and in the contracts that tests run. */
export function allCitations(): Citation[] {
  const files = filesEnding(".test.ts", ".contract.ts").filter((file) => file !== "gate/citations.test.ts");
  return files.flatMap((file) => citationsIn(readFileSync(join(root, file), "utf8"), file));
}
