import assert from "node:assert/strict";
import { it } from "node:test";
import type { Issuer } from "../discovery/issuer.ts";
import { register } from "./registration.ts";

const issuer = {
  issuer: "https://login.example",
  registrationEndpoint: new URL("https://login.example/register"),
} as Issuer;

const answering = (body: unknown) => ({
  fetch: async () => Response.json(body, { status: 201 }),
  timeout: 1,
  userAgent: "test",
});
const registered = (client_id: unknown) =>
  register(answering({ client_id }), issuer, "http://127.0.0.1:1/callback", { name: "Notes" });

it("takes the id that the issuer gives, whatever it looks like", async () => {
  for (const id of ["client_1", "https://login.example/c?x=1", "a b~'\"$(id)"])
    assert.equal((await registered(id)).client.id, id);
});

for (const id of ["", "a\u001b[2J", "a\nb", "\u007f", "a\u202eb", "a".repeat(2_001), 7, null]) {
  it(`takes no id that is none: ${JSON.stringify(id).slice(0, 40)}`, async () => {
    await assert.rejects(registered(id), { code: "client-refused" });
  });
}
