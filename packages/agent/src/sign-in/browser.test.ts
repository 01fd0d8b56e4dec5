import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { aFolder } from "../testing/a-folder.ts";
import { hasBrowser, openInBrowser } from "./browser.ts";

describe("whether a browser would open in front of the person", () => {
  for (const { environment, platform, says } of [
    { environment: { DISPLAY: ":0" }, platform: "linux", says: true },
    { environment: { WAYLAND_DISPLAY: "wayland-0" }, platform: "linux", says: true },
    { environment: {}, platform: "linux", says: false },
    { environment: { DISPLAY: "" }, platform: "linux", says: false },
    {
      environment: { DISPLAY: "localhost:10.0", SSH_CONNECTION: "a 1 b 22" },
      platform: "linux",
      says: false,
    },
    { environment: { DISPLAY: ":0", SSH_TTY: "/dev/pts/0" }, platform: "linux", says: false },
    { environment: {}, platform: "darwin", says: true },
    { environment: { SSH_CLIENT: "a 1 22" }, platform: "darwin", says: false },
    { environment: {}, platform: "win32", says: true },
  ]) {
    it(`is ${says} on ${platform} with ${JSON.stringify(environment)}`, () => {
      assert.equal(hasBrowser(environment, platform), says);
    });
  }
});

/** What a program in the place of the person's browser is given, an argument a line. */
async function opened(address: URL): Promise<string> {
  const folder = aFolder();
  const told = join(folder, "told");
  // On Linux the xdg-open that the package `open` brings along runs what BROWSER names; macOS has a command `open`.
  for (const name of ["open", "xdg-open"])
    writeFileSync(
      join(folder, name),
      `#!/bin/sh\nprintf '%s\\n' "$@" > ${told}.new && mv ${told}.new ${told}\n`,
      {
        mode: 0o755,
      },
    );
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...before } = process.env;
  const real = process.env;
  process.env = { ...before, PATH: `${folder}:${before.PATH}`, BROWSER: join(folder, "xdg-open") };
  try {
    await openInBrowser(address);
    for (let wait = 0; wait < 1_000 && !existsSync(told); wait++) await pause(20);
    return readFileSync(told, "utf8");
  } finally {
    process.env = real;
  }
}

describe("opening a browser", () => {
  it("gives it the address of a hostile issuer as one word, in which no shell runs anything", async () => {
    const hostile = "https://evil.example/$(touch pwned)/`id`/;x|y&&z/'a'/%s?b=$(id)&c=`id`;d|e'f\"g\\h -i";
    const { href } = new URL(hostile);
    assert.equal(await opened(new URL(hostile)), `${href}\n`);
  });

  for (const address of [
    "javascript:alert(1)",
    "file:///etc/passwd",
    "vbscript:x",
    "mailto:ada@example.com",
  ]) {
    it(`[MCP-C-17] is refused for ${address}`, async () => {
      await assert.rejects(openInBrowser(new URL(address)), { code: "address-unsafe" });
    });
  }
});
