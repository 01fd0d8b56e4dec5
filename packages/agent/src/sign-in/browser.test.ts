import assert from "node:assert/strict";
import { describe, it } from "node:test";
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

describe("opening a browser", () => {
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
