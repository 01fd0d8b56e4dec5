import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

const made: string[] = [];
after(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is gone after the file's tests; `mkdtemp` makes it for the user alone. */
export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "valetkey-agent-"));
  made.push(folder);
  return folder;
}
