import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { decodeQR } from "qr/decode.js";
import { otpauthPasswords } from "../packages/server/src/adapters/one-time-passwords/otpauth.ts";
import { deviceText } from "../packages/server/src/cli/device-text.ts";

/** Dots across each module, as a camera sees it. */
const dots = 4;

/** What a reader of another house says of a picture. @param isWhite of one module; beyond the picture all is dark */
function read(modules: number, isWhite: (x: number, y: number) => boolean): string {
  const size = (modules + 8) * dots;
  const data = new Uint8Array(size * size * 4).fill(255);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const [column, row] = [Math.floor(x / dots) - 4, Math.floor(y / dots) - 4];
      const isInside = column >= 0 && row >= 0 && column < modules && row < modules;
      data.fill(isInside && isWhite(column, row) ? 255 : 0, (y * size + x) * 4, (y * size + x) * 4 + 3);
    }
  return decodeQR({ width: size, height: size, data });
}

/** The modules of a terminal with light letters on dark ground: each line shows two rows. */
function readTerminal(text: string): string {
  const lines = text.split("\n").filter((line) => /[▀▄█]/.test(line));
  const white = (upper: boolean) => (upper ? "█▀" : "█▄");
  return read(lines[0]?.length ?? 0, (x, y) =>
    white(y % 2 === 0).includes(lines[Math.floor(y / 2)]?.[x] ?? " "),
  );
}

/** The modules of the picture of a page, which draws the dark ones. */
function readSvg(svg: string, pixel: number): string {
  const size = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1]);
  const dark = new Set<string>();
  for (const [, x, y, wide, high] of svg.matchAll(/M(\d+),(\d+)h(\d+)v(\d+)h-\d+z/g))
    for (let right = 0; right < Number(wide); right += pixel)
      for (let down = 0; down < Number(high); down += pixel)
        dark.add(`${(Number(x) + right) / pixel},${(Number(y) + down) / pixel}`);
  return read(size / pixel, (x, y) => !dark.has(`${x},${y}`));
}

describe("a picture, by the reader of another house", () => {
  for (const uri of [
    "https://login.example.com/device?user_code=WDJB-MJHT",
    "http://127.0.0.1:4711/device",
    `https://login.example.com/${"tenant/".repeat(36)}?user_code=A`,
  ]) {
    it(`leads from a terminal to ${uri.slice(0, 60)}`, () => {
      const code = {
        userCode: "WDJB-MJHT",
        verificationUri: "https://login.example.com/device",
        expiresAt: 600,
      };
      assert.ok(uri.length <= 300);
      assert.equal(readTerminal(deviceText({ ...code, verificationUriComplete: uri }, 0)), uri);
    });
  }

  for (const account of [
    "ada@example.com",
    "zo\u00EB.\u5F20\u4F1F@a-very-long-name-of-a-department.example.com",
  ]) {
    it(`brings an app the secret of ${account} from a page`, () => {
      const { uri, qr } = otpauthPasswords.setUp(new Uint8Array(20).fill(7), "Notes", account);
      assert.equal(readSvg(qr, 4), uri);
    });
  }
});
