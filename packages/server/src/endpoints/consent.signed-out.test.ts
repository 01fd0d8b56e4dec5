import assert from "node:assert/strict";
import { describe } from "node:test";
import { authorizationUrl, pkce } from "../testing/a-login.ts";
import { aServer, issuer, password, usualSettings } from "../testing/a-server.ts";
import { ASignIn } from "../testing/a-sign-in.ts";
import { spec } from "../testing/spec.ts";
import { hashSecret } from "../tokens/secret.ts";

describe("a decision for which nobody is signed in any more", () => {
  for (const { given, pagesUrl, leads } of [
    { given: "our own page", pagesUrl: null, leads: `${issuer}/sign-in?` },
    {
      given: "the team's own pages",
      pagesUrl: "https://login.example.com/start",
      leads: "https://login.example.com/start?",
    },
  ]) {
    spec("I6-OWN-PAGES", `leads to ${given}, as does the link to another account`, async (t) => {
      const server = await aServer({ settings: { signIn: { ...usualSettings(issuer).signIn, pagesUrl } } });
      t.after(() => server.close());
      const { id } = await server.person();
      const client = await server.client();
      const url = authorizationUrl(server, client, { code_challenge: pkce().challenge });
      const signIn = await ASignIn.begin(server, url);
      await signIn.act("password", { email: "ada@example.com", password });
      const here = `/consent?interaction=${signIn.id}`;
      const page = await signIn.browser.open(here);
      const other = /<a href="([^"]*)">Use another account/.exec(page.body)?.[1] ?? "";
      assert.ok(new URL(other, server.issuer).href.startsWith(leads), other);
      await server.store.sessions.endOthers(id, hashSecret(""));
      for (const visit of [
        await signIn.browser.submit(page, { decision: "allow" }),
        await signIn.browser.open(here),
      ])
        assert.equal(visit.url, `${leads}interaction=${signIn.id}`);
    });
  }
});
