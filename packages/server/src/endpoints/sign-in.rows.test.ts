import assert from "node:assert/strict";
import { describe } from "node:test";
import { aPlan } from "../adapters/upstreams/testing/an-upstream.ts";
import { noUpstreams } from "../ports/upstreams.ts";
import { ABrowser } from "../testing/a-browser.ts";
import { authorizationUrl, pkce } from "../testing/a-login.ts";
import { aServer, issuer, usualSettings } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

const email = "ada@example.com";
const open = { signIn: { ...usualSettings(issuer).signIn, signUp: "open" } } as const;
const upstreams = { ...noUpstreams, list: [aPlan()] };
const limits = { sign_in_address: { limit: 10, window: 300 } };

describe("what a refused sign-in leaves behind", () => {
  for (const { given, first, junk } of [
    {
      given: "junk for a passkey",
      first: {},
      junk: { action: "passkey", credential: JSON.stringify({ id: "junk" }) },
    },
    {
      given: "codes after the last guess",
      first: { action: "email", email },
      junk: { action: "email-code", code: "0000 0000" },
    },
    {
      given: "codes of a sign-up after the last guess",
      first: {
        action: "sign-up",
        email: "new@example.com",
        name: "New",
        password: "a long row of quiet words",
      },
      junk: { action: "sign-up-code", code: "0000 0000" },
    },
    {
      given: "names of upstreams that are none",
      first: {},
      junk: { action: "upstream", upstream: "nowhere" },
    },
  ]) {
    spec("I6-BRUTE-FORCE", `fills no record of events: ${given}`, async (t) => {
      const server = await aServer({ limits, settings: open, upstreams });
      t.after(() => server.close());
      await server.person();
      const browser = new ABrowser(server);
      const client = await server.client();
      const asked = { code_challenge: pkce().challenge };
      let page = await browser.open(authorizationUrl(server, client, asked));
      if (first.action !== undefined) page = await browser.submit(page, first);
      for (let n = 0; n < 30; n++) await browser.submit(page, junk);
      const rows = () => server.audit.events.filter(({ what }) => what === "sign-in.refused").length;
      assert.equal(rows(), 10);
      server.clock.advance(330);
      await browser.submit(page, junk);
      assert.equal(rows(), 11);
    });
  }
});
