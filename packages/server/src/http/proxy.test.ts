import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { spec } from "../testing/spec.ts";
import { trustedProxies } from "./proxy.ts";

const listed = ["10.0.0.1", "192.0.2.0/24", "2001:db8::/32"];

function caller(peer: string, headers: Readonly<Record<string, string>>) {
  return { peer, header: (name: string) => headers[name] };
}

describe("forwarded headers", () => {
  for (const { given, peer, forwarded, address } of [
    { given: "no proxy", peer: "203.0.113.9", forwarded: undefined, address: "203.0.113.9" },
    {
      given: "an unlisted peer that claims",
      peer: "203.0.113.9",
      forwarded: "1.1.1.1",
      address: "203.0.113.9",
    },
    {
      given: "an unlisted peer that claims loopback",
      peer: "203.0.113.9",
      forwarded: "127.0.0.1",
      address: "203.0.113.9",
    },
    {
      given: "an unlisted peer that claims a proxy",
      peer: "203.0.113.9",
      forwarded: "1.1.1.1, 10.0.0.1",
      address: "203.0.113.9",
    },
    { given: "a neighbour of a listed range", peer: "192.0.3.1", forwarded: "1.1.1.1", address: "192.0.3.1" },
    { given: "no peer at all", peer: "", forwarded: "1.1.1.1", address: "" },
    { given: "a listed peer", peer: "10.0.0.1", forwarded: "203.0.113.9", address: "203.0.113.9" },
    {
      given: "a listed peer of a range",
      peer: "192.0.2.77",
      forwarded: "203.0.113.9",
      address: "203.0.113.9",
    },
    { given: "a listed IPv6 peer", peer: "2001:db8::7", forwarded: "203.0.113.9", address: "203.0.113.9" },
    {
      given: "a listed peer on a dual-stack socket",
      peer: "::ffff:10.0.0.1",
      forwarded: "203.0.113.9",
      address: "203.0.113.9",
    },
    { given: "a listed peer that says nothing", peer: "10.0.0.1", forwarded: undefined, address: "10.0.0.1" },
    { given: "a listed peer that says an empty text", peer: "10.0.0.1", forwarded: "", address: "10.0.0.1" },
    {
      given: "what the caller wrote on the left",
      peer: "10.0.0.1",
      forwarded: "127.0.0.1, 203.0.113.9",
      address: "203.0.113.9",
    },
    {
      given: "a proxy that the caller wrote on the left",
      peer: "10.0.0.1",
      forwarded: "1.1.1.1, 10.0.0.1, 203.0.113.9",
      address: "203.0.113.9",
    },
    {
      given: "two listed proxies",
      peer: "10.0.0.1",
      forwarded: "1.1.1.1, 203.0.113.9, 192.0.2.3",
      address: "203.0.113.9",
    },
    {
      given: "listed proxies all the way",
      peer: "10.0.0.1",
      forwarded: "192.0.2.4, 192.0.2.3",
      address: "192.0.2.4",
    },
    {
      given: "a hop that is no address",
      peer: "10.0.0.1",
      forwarded: "203.0.113.9, unknown",
      address: "10.0.0.1",
    },
    { given: "a hop with a script in it", peer: "10.0.0.1", forwarded: "<script>", address: "10.0.0.1" },
    { given: "a hop with a port", peer: "10.0.0.1", forwarded: "203.0.113.9:4711", address: "203.0.113.9" },
    {
      given: "an IPv6 hop in brackets",
      peer: "10.0.0.1",
      forwarded: "[2001:db9::1]",
      address: "2001:db9::1",
    },
    {
      given: "an IPv6 hop with a port",
      peer: "10.0.0.1",
      forwarded: "[2001:db9::1]:4711",
      address: "2001:db9::1",
    },
    { given: "a mapped IPv4 hop", peer: "10.0.0.1", forwarded: "::ffff:203.0.113.9", address: "203.0.113.9" },
  ]) {
    spec(["BCP-15", "I2-FORWARDED"], `${given}: the caller is ${address || "unknown"}`, () => {
      const headers = forwarded === undefined ? {} : { "x-forwarded-for": forwarded };
      assert.equal(trustedProxies(listed).addressOf(caller(peer, headers)), address);
    });
  }

  spec("I2-FORWARDED", "a header of ten thousand hops is read in no time", () => {
    const forwarded = `${"203.0.113.9, ".repeat(10_000)}192.0.2.3`;
    const address = trustedProxies(listed).addressOf(caller("10.0.0.1", { "x-forwarded-for": forwarded }));
    assert.equal(address, "203.0.113.9");
  });

  for (const { peer, headers, host } of [
    { peer: "203.0.113.9", headers: { host: "a", "x-forwarded-host": "b" }, host: "a" },
    { peer: "10.0.0.1", headers: { host: "a", "x-forwarded-host": "b" }, host: "b" },
    { peer: "10.0.0.1", headers: { host: "a" }, host: "a" },
    { peer: "203.0.113.9", headers: { "x-forwarded-host": "b" }, host: undefined },
    {
      peer: "10.0.0.1",
      headers: { host: "a", forwarded: "host=b", "x-host": "b", "x-original-host": "b" },
      host: "a",
    },
  ]) {
    spec(
      ["BCP-15", "I2-FORWARDED"],
      `${peer} saying ${JSON.stringify(headers)} means the host ${host}`,
      () => {
        assert.equal(trustedProxies(listed).hostOf(caller(peer, headers)), host);
      },
    );
  }

  for (const entry of [
    ...["", "proxy", "localhost", "*", "10.0.0", "10.0.0.1:80", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1"],
    ...[
      "10.0.0.0/8/0",
      "10.0.0.0/1e1",
      "10.0.0.0/ 8",
      "10.0.0.0/0x8",
      "/0",
      "/",
      "2001:db8::/129",
      "fe80::1%lo",
    ],
  ]) {
    it(`refuses to believe ${JSON.stringify(entry)}, which is no address and no range`, () => {
      assert.throws(() => trustedProxies([entry]), RangeError);
    });
  }
});
