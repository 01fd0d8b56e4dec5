import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ABrowser } from "../testing/a-browser.ts";
import { aServer } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

const link = "http://localhost:4000/sign-in?interaction=abc&code=12345678";
const mail = {
  to: "ada@example.com",
  subject: "Sign in to <Valetkey>",
  text: `Your code:\n\n12345678\n\nSign in:\n${link}\n\njavascript:alert(1)\n\nFor <b>\n\nFor https://evil.example/\n`,
  html: "",
};

describe("the outbox of a development server", () => {
  spec(
    "I6-OUTBOX",
    "shows each mail with its code and its link, newest first, and none of its text as markup",
    async (t) => {
      const server = await aServer({ issuer: "http://localhost:4000", mail: "outbox" });
      t.after(() => server.close());
      server.mails.send(mail);
      server.mails.send({ ...mail, to: "bob@example.com" });
      const { status, headers, body } = await new ABrowser(server).open("/outbox");
      assert.equal(status, 200);
      assert.equal(headers.get("cache-control"), "no-store");
      assert.ok(body.indexOf("bob@example.com") < body.indexOf("ada@example.com"));
      assert.ok(body.includes(`<a href="${link.replace("&", "&amp;")}">`));
      assert.ok(body.includes('<p class="user-code">12345678</p>'));
      assert.ok(body.includes("Sign in to &lt;Valetkey&gt;"));
      assert.ok(body.includes("For &lt;b&gt;</p>"));
      const articles = body.slice(body.indexOf("<article"), body.lastIndexOf("</article>"));
      assert.equal(articles.match(/<a /g)?.length, 2);
      assert.doesNotMatch(body, /href="(?:javascript|https:\/\/evil)|<b>/);
    },
  );

  it("says that nothing came yet", async (t) => {
    const server = await aServer({ issuer: "http://localhost:4000", mail: "outbox" });
    t.after(() => server.close());
    assert.match((await new ABrowser(server).open("/outbox")).body, /No mail yet/);
  });

  for (const kind of ["smtp", "none"] as const) {
    spec("I6-OUTBOX", `is nowhere on a server with a mailer of kind ${kind}`, async (t) => {
      const server = await aServer({ mail: kind });
      t.after(() => server.close());
      server.mails.send(mail);
      const { status, body } = await new ABrowser(server).open("/outbox");
      assert.equal(status, 404);
      assert.doesNotMatch(body, /12345678/);
    });
  }
});
