import { readFileSync } from "node:fs";

/** @simplewebauthn/browser as its authors bundled it: turns JSON into what `navigator.credentials` takes, and back. */
export function browserHalf(): string {
  const entry = new URL(import.meta.resolve("@simplewebauthn/browser"));
  return readFileSync(new URL("../dist/bundle/index.umd.min.js", entry), "utf8");
}
