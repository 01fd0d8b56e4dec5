import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import { wellKnownUrls } from "@valetkey/protocol/issuer";
import { spec } from "../../packages/server/src/testing/spec.ts";
import { type Attacked, anAttacked } from "./in-process.ts";
import { host, issuer } from "./plan.ts";

const documents = [
  ...wellKnownUrls(issuer).authorizationServer,
  ...wellKnownUrls(issuer).openidConfiguration,
].map((url) => new URL(url).pathname);

const forged = {
  "x-forwarded-for": "198.51.100.7",
  "x-forwarded-host": "evil.example",
  "x-forwarded-proto": "http",
  "x-forwarded-port": "81",
  "x-forwarded-prefix": "/evil",
  "x-original-url": "/livez",
  "x-rewrite-url": "/livez",
  "x-host": "evil.example",
  "x-real-ip": "198.51.100.7",
  "x-http-method-override": "POST",
  "true-client-ip": "198.51.100.7",
  forwarded: 'for=198.51.100.7;host=evil.example;proto=http;by="_evil"',
};

/** The address that the trace notes for one refused request of this client. */
async function tracedAddress({ store }: Attacked, clientId: string): Promise<string | undefined> {
  for (;;) {
    const step = (await store.journal.steps(1_000)).find((one) => one.clientId === clientId);
    if (step) return step.address;
    await new Promise((resolve) => setTimeout(resolve, 20)); // the journal writes in batches
  }
}

describe("forwarded headers of a proxy that is not listed", () => {
  let attacked: Attacked;
  before(async () => {
    attacked = await anAttacked();
  });
  after(() => attacked.close());

  for (const path of documents) {
    spec(["I2-FORWARDED", "BCP-15"], `change nothing in ${path}`, async () => {
      const plain = await attacked.caller.ask({ path });
      const told = await attacked.caller.ask({ path, headers: forged });
      assert.equal(plain.status, 200);
      assert.equal(told.text, plain.text);
      assert.equal(plain.json.issuer, issuer);
      assert.doesNotMatch(JSON.stringify(told), /evil|198\.51/);
    });
  }

  spec(
    ["I2-FORWARDED", "BCP-15"],
    "change neither the page at / nor a redirect from the authorization endpoint",
    async () => {
      for (const path of ["/", "/authorize?client_id=x", "/nowhere"]) {
        const headers = { accept: "text/html" };
        const plain = await attacked.caller.ask({ path, headers });
        const told = await attacked.caller.ask({ path, headers: { ...headers, ...forged } });
        assert.deepEqual([told.status, told.text], [plain.status, plain.text]);
        assert.doesNotMatch(JSON.stringify(told), /evil|198\.51/);
      }
    },
  );

  spec(["I2-FORWARDED", "BCP-15"], "do not make a foreign Host our own", async () => {
    const headers = { ...forged, "x-forwarded-host": host, forwarded: `host=${host}` };
    const { status } = await attacked.caller.ask({ path: documents[0] ?? "", host: "evil.example", headers });
    assert.equal(status, 421);
  });

  spec(["I2-FORWARDED", "BCP-15"], "do not write another address into the trace", async () => {
    await attacked.caller.token({ client_id: "client_forging", grant_type: "x" }, forged);
    assert.equal(await tracedAddress(attacked, "client_forging"), "127.0.0.1");
  });

  spec(
    ["I2-FORWARDED", "BCP-15", "I2-LIMITS"],
    "do not give a guesser a new address for each guess",
    async (t) => {
      const limited = await anAttacked({ limit: 5 });
      t.after(() => limited.close());
      const statuses = [];
      for (let guess = 0; guess < 7; guess++) {
        const headers = {
          ...forged,
          "x-forwarded-for": `198.51.100.${guess}`,
          forwarded: `for=198.51.100.${guess}`,
        };
        statuses.push(
          (
            await limited.caller.token(
              { client_id: "client_x", client_secret: "s", grant_type: "x" },
              headers,
            )
          ).status,
        );
      }
      assert.deepEqual(statuses, [401, 401, 401, 401, 401, 429, 429]);
    },
  );
});

describe("forwarded headers of a listed proxy", () => {
  let attacked: Attacked;
  before(async () => {
    attacked = await anAttacked({ trustedProxies: ["127.0.0.0/8", "10.1.0.0/16"] });
  });
  after(() => attacked.close());

  for (const { given, forwarded, address } of [
    { given: "one hop", forwarded: "198.51.100.7", address: "198.51.100.7" },
    {
      given: "a hop that the caller invented on the left",
      forwarded: "192.0.2.1, 198.51.100.7",
      address: "198.51.100.7",
    },
    {
      given: "our own address invented on the left",
      forwarded: "127.0.0.1, 198.51.100.7",
      address: "198.51.100.7",
    },
    { given: "two listed proxies", forwarded: "192.0.2.1, 198.51.100.7, 10.1.2.3", address: "198.51.100.7" },
    {
      given: "rubbish from the caller",
      forwarded: "'; drop table trace_step --, 198.51.100.7",
      address: "198.51.100.7",
    },
    { given: "rubbish from the proxy", forwarded: "198.51.100.7, unknown", address: "127.0.0.1" },
  ]) {
    spec(["I2-FORWARDED", "BCP-15"], `name the caller in the trace: ${given}`, async () => {
      const clientId = `client_${given.replaceAll(" ", "_")}`;
      await attacked.caller.token({ client_id: clientId, grant_type: "x" }, { "x-forwarded-for": forwarded });
      assert.equal(await tracedAddress(attacked, clientId), address);
    });
  }

  spec(
    ["I2-FORWARDED", "BCP-15", "I2-LIMITS"],
    "count guesses by the caller, whatever is invented on the left",
    async (t) => {
      const limited = await anAttacked({ limit: 3, trustedProxies: ["127.0.0.1"] });
      t.after(() => limited.close());
      const statusFor = async (forwarded: string) =>
        (
          await limited.caller.token(
            { client_id: "client_x", client_secret: "s", grant_type: "x" },
            { "x-forwarded-for": forwarded },
          )
        ).status;
      const guesses = [];
      for (let guess = 0; guess < 5; guess++) guesses.push(await statusFor(`192.0.2.${guess}, 198.51.100.7`));
      assert.deepEqual(guesses, [401, 401, 401, 429, 429]);
      assert.equal(await statusFor("198.51.100.8"), 401);
    },
  );

  spec(["I2-FORWARDED", "BCP-15"], "decide the Host, and write nothing into documents", async () => {
    const path = documents[0] ?? "";
    const through = (forwardedHost: string, ownHost: string) =>
      attacked.caller.ask({ path, host: ownHost, headers: { ...forged, "x-forwarded-host": forwardedHost } });
    assert.equal((await through(host, "internal:8080")).status, 200);
    assert.equal((await through(host, "internal:8080")).json.issuer, issuer);
    for (const bad of [
      "evil.example",
      `${host}, evil.example`,
      `evil.example, ${host}`,
      `${host}:8443`,
      "",
    ]) {
      assert.equal((await through(bad, host)).status, 421, bad);
    }
  });
});
