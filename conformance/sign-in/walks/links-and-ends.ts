import { newInvitation } from "../../../packages/server/src/operations/invitation.ts";
import { emailVerification } from "../../../packages/server/src/operations/verify-email.ts";
import { type Letter, letterMail } from "../../../packages/server/src/pages/mail.ts";
import { en } from "../../../packages/server/src/pages/words/en.ts";
import { mcp, password } from "../../../packages/server/src/testing/a-server.ts";
import { hashSecret } from "../../../packages/server/src/tokens/secret.ts";
import { asked, email, isIn, type Walk } from "./walk.ts";

const demo = {
  mcpUrl: "http://127.0.0.1:8080/mcp",
  apiUrl: "http://127.0.0.1:8080/api",
  accounts: [
    { email, password, roles: ["trainer"] },
    { email: "bob@example.com", password: "a password of bob", roles: [] },
  ],
};

export const linksAndEnds: Readonly<Record<string, Walk>> = {
  "following links": {
    async go(server, reader) {
      const now = server.clock.now();
      const invited = { email: "new.person@example.com", name: "New Person", roles: [] };
      const invitation = await newInvitation(server.store, server.issuer, invited, now);
      await reader.open(invitation.link);
      await reader.sees("invitation");
      await reader.send({ name: "New Person", password });
      await reader.open(invitation.link);
      await reader.sees("invitation-spent", { status: 410 });

      const bob = await server.person({ email: "bob@example.com", emailVerified: false });
      const { link } = await emailVerification(server.store, server.issuer, bob, now);
      await reader.open(link);
      await reader.sees("verify-email");
      await reader.press("main button.primary");
      await reader.sees("verify-email-done");

      await server.store.setUpLinks.put({ hash: hashSecret("a-link"), createdAt: now, expiresAt: now + 60 });
      await reader.open(`${server.issuer}/set-up?link=a-link`);
      await reader.sees("set-up");
      await reader.send({ email: "admin@example.com", name: "Admin", password });
      await reader.sees("set-up-done");
    },
  },
  "what went wrong": {
    async go(server, reader) {
      const url = asked(server, await server.client());
      await reader.open(url);
      server.clock.advance(3600);
      await reader.send({ email, password });
      await reader.sees("error-expired", { status: 400 });
      await reader.open(asked(server, { id: "nobody" }));
      await reader.sees("error-unknown-client", { status: 400 });
      await reader.open(asked(server, await server.client(), { scope: "bogus" }));
      await reader.sees("error-back-to-the-app", { status: 400 });
      await reader.open(`${server.issuer}/nothing`);
      await reader.sees("error-not-found", { status: 404 });
    },
  },
  "signing out": {
    async go(server, reader) {
      await reader.open(`${server.issuer}/`);
      await reader.sees("home");
      await isIn(server, reader);
      await reader.open(`${server.issuer}/end-session`);
      await reader.sees("sign-out");
      await reader.press("button[value=sign_out]");
      await reader.sees("signed-out");
    },
  },
  "a demonstration": {
    more: { settings: { demo }, mail: "outbox" },
    async go(server, reader) {
      await reader.open(`${server.issuer}/`);
      await reader.sees("development-home", { isEnglish: true });
      const frame = {
        words: en,
        lang: "en",
        dir: "ltr",
        productName: "Harbour",
        issuer: server.issuer,
      } as const;
      const facts = {
        code: "12345678",
        link: `${server.issuer}/?code=12345678`,
        lifetime: 900,
        about: "Firefox",
      };
      for (const letter of Object.keys(en.mail.letters) as Letter[])
        server.mails.send({ to: email, ...letterMail(letter, facts, frame) });
      await reader.open(`${server.issuer}/outbox`);
      await reader.sees("outbox", { isEnglish: true });
      await reader.open(asked(server, await server.client(), { resource: mcp }));
      await reader.sees("sign-in-demonstration");
      await reader.send({ email, password });
      await reader.sees("consent-demonstration");
    },
  },
};
