import assert from "node:assert/strict";
import { App } from "./app.ts";
import type { Flow } from "./flow.ts";
import { Stage } from "./stage.ts";

export const refresh: Flow = {
  title: "Refresh, with an answer that is lost",
  says:
    "Each refresh brings the next refresh token. Whoever did not hear the answer asks again with the same token and is " +
    "given the same next one; long after, the old token is a replay, and ends this device's lineage. OAuth 2.1 §4.3, " +
    "docs/decisions/0003-refresh-tokens.md.",
  async play() {
    const stage = await Stage.open();
    const { server } = stage;
    const app = new App(stage);
    const { id } = await server.client();
    const { body: first } = await app.redeem(id, await app.login(stage.browser(), id));
    // Signing in has a diagram of its own.
    stage.steps.splice(0, stage.steps.length);
    stage.note("App", "Ten minutes later the access token has expired");
    server.clock.advance(600);
    const refreshed = async (refresh_token: string) =>
      await app.answer("/token", { grant_type: "refresh_token", client_id: id, refresh_token });
    const lost = await refreshed(first.refresh_token);
    stage.loses();
    stage.note("App", "Asks again with what it has");
    const again = await refreshed(first.refresh_token);
    assert.equal(again.body.refresh_token, lost.body.refresh_token);
    stage.note("App", "Goes on with the new token");
    server.clock.advance(600);
    const { body: next } = await refreshed(again.body.refresh_token);
    stage.note("Thief", "An hour later somebody tries the first token");
    server.clock.advance(3_600);
    const thief = new App(stage, "Thief");
    const stolen = { grant_type: "refresh_token", client_id: id, refresh_token: first.refresh_token };
    assert.equal((await thief.answer("/token", stolen)).body.error, "invalid_grant");
    const end = await refreshed(next.refresh_token);
    assert.equal(end.body.error, "invalid_grant");
    stage.note("App", "The person signs in again");
    return stage;
  },
};
