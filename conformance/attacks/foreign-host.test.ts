import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import { wellKnownUrls } from "@valetkey/protocol/issuer";
import { RawConnection } from "../../packages/server/src/testing/raw-connection.ts";
import { spec } from "../../packages/server/src/testing/spec.ts";
import { type Attacked, anAttacked } from "./in-process.ts";
import { host, issuer } from "./plan.ts";

const documents = [
  ...wellKnownUrls(issuer).authorizationServer,
  ...wellKnownUrls(issuer).openidConfiguration,
].map((url) => new URL(url).pathname);

const paths = [
  ...["/authorize", "/token", "/introspect", "/revoke", "/register", "/userinfo", "/end-session", "/jwks"],
  ...["/sign-in", "/consent", "/set-up", "/style.css", "/", "/nowhere", "/livez/", "/x-livez"],
  ...documents,
];

describe("a foreign Host", () => {
  let attacked: Attacked;
  before(async () => {
    attacked = await anAttacked();
  });
  after(() => attacked.close());

  const foreign = [
    "evil.example",
    "127.0.0.1",
    "localhost",
    `${host}.evil.example`,
    `evil.${host}`,
    `${host}:8443`,
    `${host}.`,
    `evil@${host}`,
    `${host}@evil`,
    `${host},evil`,
    `${host}/`,
    "[::1]",
  ];
  for (const path of paths) {
    spec("I2-FORWARDED", `is answered 421 at ${path}, whatever the method`, async () => {
      for (const method of ["GET", "HEAD", "POST", "OPTIONS"]) {
        for (const named of foreign) {
          const { status } = await attacked.caller.ask({ path, method, host: named });
          assert.equal(status, 421, `${method} for ${named}`);
        }
      }
    });
  }

  for (const path of ["/livez", "/readyz"]) {
    spec(["I2-FORWARDED", "I2-HEALTH"], `does not keep a probe from ${path}`, async () => {
      for (const named of ["127.0.0.1", "10.0.0.7:8080", "valetkey.default.svc"]) {
        const { status, text } = await attacked.caller.ask({ path, host: named });
        assert.equal(status, 200);
        assert.doesNotMatch(text, /valetkey|10\.0\.0/);
      }
    });
  }

  for (const { given, text, status } of [
    { given: "our name in capitals", text: `GET /jwks HTTP/1.1\r\nHost: ${host.toUpperCase()}`, status: 200 },
    { given: "our name with the usual port", text: `GET /jwks HTTP/1.1\r\nHost: ${host}:443`, status: 200 },
    {
      given: "two Hosts, both ours",
      text: `GET /jwks HTTP/1.1\r\nHost: ${host}\r\nHost: ${host}`,
      status: 400,
    },
    {
      given: "two Hosts, ours first",
      text: `GET /jwks HTTP/1.1\r\nHost: ${host}\r\nHost: evil.example`,
      status: 400,
    },
    {
      given: "two Hosts, ours last",
      text: `GET /jwks HTTP/1.1\r\nHost: evil.example\r\nHost: ${host}`,
      status: 400,
    },
    { given: "no Host", text: "GET /jwks HTTP/1.1", status: 400 },
    { given: "no Host in HTTP/1.0", text: "GET /jwks HTTP/1.0", status: 421 },
    { given: "an empty Host", text: "GET /jwks HTTP/1.1\r\nHost:", status: 421 },
    {
      given: "a whole URL of ours, whatever Host says",
      text: `GET https://${host}/jwks HTTP/1.1\r\nHost: evil.example`,
      status: 200,
    },
    {
      given: "a whole URL of another, though Host is ours",
      text: `GET https://evil.example/jwks HTTP/1.1\r\nHost: ${host}`,
      status: 421,
    },
    {
      given: "a whole URL with our name as user",
      text: `GET https://${host}@evil.example/jwks HTTP/1.1\r\nHost: ${host}`,
      status: 421,
    },
    {
      given: "a whole URL of another, which names a probe",
      text: `GET https://evil.example/jwks?/livez HTTP/1.1\r\nHost: ${host}`,
      status: 421,
    },
    {
      given: "a path that names a probe and leaves it",
      text: "GET /livez/../jwks HTTP/1.1\r\nHost: evil.example",
      status: 421,
    },
    {
      given: "a path below which a probe's name stands",
      text: "GET /jwks/livez HTTP/1.1\r\nHost: evil.example",
      status: 421,
    },
    { given: "a file URL", text: `GET file:///etc/passwd HTTP/1.1\r\nHost: ${host}`, status: 404 },
    { given: "a star", text: `OPTIONS * HTTP/1.1\r\nHost: ${host}`, status: 404 },
  ]) {
    spec("I2-FORWARDED", `${given}: ${status}`, async () => {
      const [answer] = await RawConnection.exchange(attacked.port, `${text}\r\nConnection: close\r\n\r\n`);
      assert.equal(answer?.status, status);
    });
  }
});
