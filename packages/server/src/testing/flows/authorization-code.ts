import assert from "node:assert/strict";
import { callback } from "../a-server.ts";
import { App } from "./app.ts";
import type { Flow } from "./flow.ts";
import { Stage } from "./stage.ts";

const documentUrl = "https://app.example.com/oauth/client.json";

export const authorizationCodeByDocument: Flow = {
  title: "Authorization code and PKCE, the client known by its document",
  says:
    "The client_id is the URL of a document that the client publishes (client ID metadata document); the server reads it " +
    "when it is named. OAuth 2.1 §4.1, RFC 7636, RFC 8707, RFC 9207.",
  async play() {
    const stage = await Stage.open();
    stage.outside.says(
      documentUrl,
      {
        client_id: documentUrl,
        client_name: "Example app",
        redirect_uris: [callback],
        token_endpoint_auth_method: "none",
      },
      { freshFor: 300 },
    );
    const app = new App(stage);
    const code = await app.login(stage.browser(), documentUrl);
    const { status } = await app.redeem(documentUrl, code);
    assert.equal(status, 200);
    return stage;
  },
};

export const authorizationCodeByRegistration: Flow = {
  title: "Authorization code and PKCE, the client registers itself",
  says:
    "For clients that publish no document: RFC 7591. The answer says what was registered, and there is no secret. With " +
    "the scope openid an ID token comes along.",
  async play() {
    const stage = await Stage.open();
    const app = new App(stage);
    const response = await app.fetch(`${stage.server.issuer}/register`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        client_name: "Example app",
        redirect_uris: [callback],
        grant_types: ["authorization_code", "refresh_token"],
        token_endpoint_auth_method: "none",
      }),
    });
    const { client_id } = (await response.json()) as { client_id: string };
    const code = await app.login(stage.browser(), client_id, { scope: "openid tools:use" });
    const { body } = await app.redeem(client_id, code);
    assert.ok(body.id_token);
    const headers = { authorization: `Bearer ${body.access_token}` };
    await app.fetch(`${stage.server.issuer}/userinfo`, { headers });
    return stage;
  },
};
