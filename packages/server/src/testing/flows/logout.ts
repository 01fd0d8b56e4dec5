import assert from "node:assert/strict";
import { App } from "./app.ts";
import type { Flow } from "./flow.ts";
import { Stage } from "./stage.ts";

const home = "https://app.example.com/bye";

export const logout: Flow = {
  title: "Logout",
  says:
    "With an ID token of this very session the person is signed out at once, and the lineages of the session end. " +
    "OpenID Connect RP-Initiated Logout 1.0.",
  async play() {
    const stage = await Stage.open();
    const app = new App(stage);
    const browser = stage.browser();
    const { id } = await stage.server.client({ postLogoutRedirectUris: [home] });
    const { body } = await app.redeem(id, await app.login(browser, id, { scope: "openid tools:use" }));
    stage.steps.splice(0, stage.steps.length);
    stage.note(["App", "Browser"], "The person signs out in the app, which opens the browser");
    const asked = { id_token_hint: body.id_token, post_logout_redirect_uri: home, state: "af0ifjsldkj" };
    const end = await browser.open(`/end-session?${new URLSearchParams(asked)}`);
    stage.arrives(end.url, "App");
    const { refresh_token } = body;
    const refused = await app.post("/token", { grant_type: "refresh_token", client_id: id, refresh_token });
    assert.equal(refused.error, "invalid_grant");
    return stage;
  },
};
