import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { deviceCodeGrant } from "@valetkey/protocol/device-code";
import {
  aDeviceClient,
  askForCode,
  atApproval,
  atDevicePage,
  aWaitingDevice,
  type DeviceCodes,
  decide,
  poll,
} from "../testing/a-device.ts";
import { post } from "../testing/a-login.ts";
import { AnOutside, basic, faces } from "../testing/a-program.ts";
import { api, aServer, mcp } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";
import { hashSecret } from "../tokens/secret.ts";

describe("device authorization", () => {
  for (const issuer of ["https://auth.example.com", "https://example.com/tenant/a"]) {
    spec("DEV-01", `at ${issuer} answers what a device shows and asks with`, async (t) => {
      const server = await aServer({ issuer });
      t.after(() => server.close());
      const { status, headers, body } = await askForCode(server, await aDeviceClient(server));
      assert.equal(status, 200);
      assert.equal(headers.get("cache-control"), "no-store");
      const { device_code, user_code, ...rest } = body as unknown as DeviceCodes;
      assert.match(device_code, /^vkd_[\w-]{49}$/);
      assert.match(user_code, /^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
      assert.deepEqual(rest, {
        verification_uri: `${issuer}/device`,
        verification_uri_complete: `${issuer}/device?user_code=${user_code}`,
        expires_in: 600,
        interval: 5,
      });
    });
  }

  spec(
    ["DEV-01", "XD-02", "I2-SECRETS"],
    "keeps no device code in clear, and leaves neither code in the trace, whatever goes well or wrong",
    async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      const client = await aDeviceClient(server);
      const codes = await aWaitingDevice(server, client);
      const { device_code, user_code, verification_uri_complete } = codes;
      const kept = await server.store.deviceCodes.find(hashSecret(device_code));
      assert.ok(kept);
      assert.equal(JSON.stringify(kept).includes(device_code), false);

      for (let turn = 0; turn < 2; turn++) await poll(server, client, codes);
      await poll(server, await aDeviceClient(server), codes);
      await poll(server, client, { device_code: `${device_code}x` });
      await atDevicePage(server, verification_uri_complete);
      const { browser, visit } = await atApproval(server, user_code);
      await browser.submit(visit, { decision: "allow", form_token: "x" });
      await decide(server, user_code, "allow");
      await browser.submit(visit, { decision: "allow" });
      const tokens = (await poll(server, client, codes)).body;
      await poll(server, client, codes);
      assert.ok(server.audit.steps.length > 12);
      const secrets = [device_code, user_code, user_code.replace("-", "")];
      for (const secret of [...secrets, tokens.access_token, tokens.refresh_token])
        assert.equal(server.audit.text.includes(secret), false, secret);
    },
  );

  for (const { given, form, headers = {}, error, refusal, status = 400 } of [
    {
      given: "no client",
      form: { client_id: undefined },
      error: "invalid_request",
      refusal: "parameter.missing",
    },
    {
      given: "an unknown client",
      form: { client_id: "nobody" },
      error: "invalid_client",
      refusal: "client.unknown",
      status: 401,
    },
    {
      given: "a scope that does not exist",
      form: { scope: "bogus" },
      error: "invalid_scope",
      refusal: "scope.unknown",
    },
    {
      given: "a scope that is none",
      form: { scope: 'a"b' },
      error: "invalid_scope",
      refusal: "scope.malformed",
    },
    {
      given: "an unknown resource",
      form: { resource: "https://other.example.com" },
      error: "invalid_target",
      refusal: "resource.unknown",
    },
    {
      given: "a resource that is no URI",
      form: { resource: "mcp" },
      error: "invalid_target",
      refusal: "resource.malformed",
    },
    {
      given: "a key that is no thumbprint",
      form: { dpop_jkt: "short" },
      error: "invalid_request",
      refusal: "parameter.malformed",
    },
    {
      given: "a parameter twice",
      form: { scope: ["tools:use", "notes:write"] },
      error: "invalid_request",
      refusal: "parameter.repeated",
    },
    {
      given: "JSON",
      form: {},
      headers: { "content-type": "application/json" },
      error: "invalid_request",
      refusal: "request.content-type",
    },
  ] as const) {
    spec("DEV-01", `refuses ${given}`, async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      const answer = await askForCode(server, await aDeviceClient(server), form, headers);
      assert.deepEqual(faces(server, answer), [status, error, refusal]);
    });
  }

  it("refuses a client that has not this grant", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const answer = await askForCode(server, await server.client());
    assert.deepEqual(faces(server, answer), [400, "unauthorized_client", "client.grant-not-allowed"]);
  });

  it("refuses a scope beyond the client's ceiling before anybody is bothered with it", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const client = await aDeviceClient(server, { scope: ["tools:use"] });
    const answer = await askForCode(server, client, { scope: "notes:write" });
    assert.deepEqual(faces(server, answer), [400, "invalid_scope", "scope.beyond-client"]);
  });

  spec("DEV-01", "asks a confidential client for its proof, there and when it polls", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const client = await aDeviceClient(server, { authMethods: ["client_secret_basic"] });
    const good = basic(client.id, client.secret);
    const form = { client_id: undefined };
    assert.deepEqual((await askForCode(server, client)).status, 401);
    assert.deepEqual((await askForCode(server, client, form, basic(client.id, "wrong"))).status, 401);
    const { body } = await askForCode(server, client, form, good);
    await decide(server, String(body.user_code), "allow");
    const codes = body as unknown as DeviceCodes;
    assert.equal((await poll(server, client, codes)).status, 401);
    assert.equal((await poll(server, client, codes, form, good)).status, 200);
  });

  spec(
    ["DEV-01", "CIMD-13"],
    "serves a client whose document lists the grant, with or without a redirect",
    async (t) => {
      const outbound = new AnOutside();
      const server = await aServer({ outbound });
      t.after(() => server.close());
      const both = {
        redirect_uris: ["http://127.0.0.1/"],
        grant_types: ["authorization_code", deviceCodeGrant],
      };
      for (const [name, members] of [
        ["both", both],
        ["only", { grant_types: [deviceCodeGrant, "refresh_token"] }],
      ] as const) {
        const url = `https://agent.example.com/${name}.json`;
        outbound.says(url, { client_id: url, client_name: "Agent", ...members });
        const { status, body } = await askForCode(server, { id: url });
        assert.equal(status, 200, JSON.stringify(body));
        const codes = body as unknown as DeviceCodes;
        const { visit } = await atApproval(server, codes.user_code);
        assert.match(visit.body, /agent\.example\.com/);
        assert.match(visit.body, /new here/);
        assert.match(visit.body, /does not prove it/);
        await decide(server, codes.user_code, "allow");
        const tokens = await poll(server, { id: url }, codes);
        assert.equal(tokens.status, 200);
        assert.equal("refresh_token" in tokens.body, name === "only");
      }
    },
  );

  spec(["DEV-01", "DCR-01"], "serves a client that registered itself for nothing else", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const registered = await server.fetchHere(`${server.issuer}/register`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ client_name: "Lamp", grant_types: [deviceCodeGrant], response_types: [] }),
    });
    const client = (await registered.json()) as Record<string, unknown>;
    assert.equal(registered.status, 201);
    assert.deepEqual(
      [client.redirect_uris, client.grant_types, client.response_types, client.token_endpoint_auth_method],
      [[], [deviceCodeGrant], [], "none"],
    );
    const id = String(client.client_id);
    const codes = (await askForCode(server, { id })).body as unknown as DeviceCodes;
    await decide(server, codes.user_code, "allow");
    assert.equal((await poll(server, { id }, codes)).status, 200);
    assert.notEqual((await server.store.clients.find(id))?.lastAuthorizedAt, null);
  });

  spec("XD-04", "does not exist where the operator switched it off", async (t) => {
    const server = await aServer({ settings: { devices: { enabled: false } } });
    t.after(() => server.close());
    const client = await aDeviceClient(server);
    const answer = await askForCode(server, client);
    assert.deepEqual(faces(server, answer), [400, "unauthorized_client", "device.disabled"]);
    const polled = await poll(server, client, { device_code: "vkd_x" });
    assert.deepEqual(faces(server, polled), [400, "unsupported_grant_type", "grant-type.unsupported"]);
    const found = await server.fetchHere(`${server.issuer}/.well-known/oauth-authorization-server`);
    assert.doesNotMatch(await found.text(), /device/);
  });

  spec(["XD-02", "DEV-01"], "is asked of one address so often and no more", async (t) => {
    const limits = { device_authorization: { limit: 3, window: 60 } };
    const server = await aServer({ limits });
    t.after(() => server.close());
    const client = await aDeviceClient(server);
    for (let turn = 0; turn < 3; turn++) assert.equal((await askForCode(server, client)).status, 200);
    const answer = await askForCode(server, client);
    assert.deepEqual(faces(server, answer), [429, "temporarily_unavailable", "request.rate"]);
    assert.ok(Number(answer.headers.get("retry-after")) > 0);
    server.clock.advance(64);
    const burst = await Promise.all(Array.from({ length: 30 }, () => askForCode(server, client)));
    assert.equal(burst.filter(({ status }) => status === 200).length, 3, "side by side too");
  });

  it("takes several resources, and gives a token for one of them at a time", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const client = await aDeviceClient(server);
    const codes = (
      await askForCode(server, client, { resource: [mcp, api, mcp], scope: "tools:use inference:read" })
    ).body as unknown as DeviceCodes;
    await decide(server, codes.user_code, "allow");
    const several = await poll(server, client, codes);
    assert.deepEqual(faces(server, several), [400, "invalid_target", "resource.several"]);
    const beyond = await poll(server, client, codes, { resource: "https://other.example.com" });
    assert.deepEqual(faces(server, beyond), [400, "invalid_target", "resource.beyond-grant"]);
    const answer = await poll(server, client, codes, { resource: api });
    assert.deepEqual([answer.status, answer.body.scope], [200, "inference:read"]);
    const form = { grant_type: "refresh_token", client_id: client.id, resource: mcp };
    const refreshed = await post(server, "/token", { ...form, refresh_token: answer.body.refresh_token });
    assert.deepEqual([refreshed.status, refreshed.body.scope], [200, "tools:use"]);
  });
});
