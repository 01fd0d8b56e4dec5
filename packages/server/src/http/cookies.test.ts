import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { spec } from "../testing/spec.ts";
import { cookiesOf } from "./cookies.ts";
import type { HttpRequest } from "./message.ts";

const value = "A".repeat(43);

function withCookie(cookie: string | undefined): HttpRequest {
  return { method: "GET", path: "/", query: "", header: () => cookie, body: "", address: "" };
}

describe("the cookies of an https issuer", () => {
  const cookies = cookiesOf("https://auth.example.com");
  for (const [given, header, found] of [
    ["our cookie", `__Host-valetkey-session=${value}`, value],
    ["our cookie among others", `a=b; __Host-valetkey-session=${value}; c`, value],
    ["no cookie", undefined, undefined],
    ["an empty value", "__Host-valetkey-session=", undefined],
    ["a short value", "__Host-valetkey-session=abc", undefined],
    ["a value that we never set", `__Host-valetkey-session=${value}"`, undefined],
    ["an overlong value", `__Host-valetkey-session=${"A".repeat(129)}`, undefined],
    ["the name without its prefix", `valetkey-session=${value}`, undefined],
    ["the name in another case", `__host-valetkey-session=${value}`, undefined],
    [
      "the name twice",
      `__Host-valetkey-session=${value}; __Host-valetkey-session=${"B".repeat(43)}`,
      undefined,
    ],
    ["a name that ends alike", `x__Host-valetkey-session=${value}`, undefined],
  ] as const) {
    spec("I2-COOKIES", `find ${found ? "the value" : "nothing"} in ${given}`, () => {
      assert.equal(cookies.read(withCookie(header), "session"), found);
    });
  }

  it("are taken back with the attributes that they were set with", () => {
    const set = cookies.set("session", value, 60);
    assert.equal(set, `__Host-valetkey-session=${value}; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60`);
    assert.equal(
      cookies.clear("session"),
      "__Host-valetkey-session=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0",
    );
  });
});
