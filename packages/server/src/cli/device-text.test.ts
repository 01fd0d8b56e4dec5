import assert from "node:assert/strict";
import { it } from "node:test";
import { deviceText } from "./device-text.ts";

const shown = (verificationUri: string) =>
  deviceText(
    { userCode: "WDJB-MJHT", verificationUri, verificationUriComplete: undefined, expiresAt: 600 },
    0,
  );

it("a code is shown with a picture that fits into a terminal of 80 columns, or with none", () => {
  for (const length of [20, 300, 301, 2_000]) {
    const uri = `https://login.example/${"aB3".repeat(700)}`.slice(0, length);
    const lines = shown(uri).split("\n");
    const picture = lines.filter((line) => /[▀▄█]/.test(line));
    assert.equal(picture.length > 0, length <= 300, String(length));
    assert.ok(picture.every((line) => line.length < 80));
    assert.ok(lines.includes(`  ${uri}`) && lines.includes("  WDJB-MJHT"));
    assert.match(shown(uri), length <= 300 ? /after the picture/ : /and type the code/);
  }
});
