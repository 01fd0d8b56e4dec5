import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it, type TestContext } from "node:test";
import type { Mail } from "../../ports/mailer.ts";
import type { AuditEvent } from "../../records/audit-event.ts";
import { aMailServer, type MailServerOptions } from "../../testing/a-mail-server.ts";
import { freePort } from "../../testing/free-port.ts";
import { spec } from "../../testing/spec.ts";
import { StoppedClock } from "../../testing/stopped-clock.ts";
import { localhostCertificate } from "../outbound/fixtures/listener.ts";
import { SmtpMailer, type SmtpOptions } from "./smtp.ts";

const key = readFileSync(
  new URL("../outbound/fixtures/not-a-secret.localhost-key.pem", import.meta.url),
  "utf8",
);
const certified = { key, cert: localhostCertificate };

const mail: Mail = {
  to: "ada@example.com",
  subject: "Your code: 123456",
  text: "Your code is 123456.\n\nhttps://auth.example.com/sign-in/link?secret=abc\n",
  html: "<p>Your code is <b>123456</b>.</p>",
};

function aMailer(t: TestContext, port: number, about: Partial<SmtpOptions> = {}) {
  const events: AuditEvent[] = [];
  const mailer = new SmtpMailer({
    host: "localhost",
    port,
    security: "none",
    user: null,
    password: null,
    from: { name: "Example, Accounts", address: "accounts@example.com" },
    name: "auth.example.com",
    audit: { record: (event) => events.push(event) },
    clock: new StoppedClock(1_000),
    pauses: [],
    patience: 2_000,
    ...about,
  });
  t.after(() => mailer.close());
  return { mailer, events, whats: () => events.map(({ what }) => what) };
}

async function aPair(t: TestContext, there: MailServerOptions = {}, here: Partial<SmtpOptions> = {}) {
  const server = await aMailServer(t, there);
  return { server, ...aMailer(t, server.port, here) };
}

/** @throws Error when it does not hold within ten seconds */
async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries === 2_000) throw new Error("What was waited for did not come.");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe("a mail by SMTP", { timeout: 30_000 }, () => {
  it("arrives with both parts, from the sender that is set, and answers no answering machine", async (t) => {
    const { server, mailer, events } = await aPair(t);
    mailer.send(mail);
    const [got] = await server.received(1);
    assert.deepEqual([got?.from, got?.to], ["accounts@example.com", ["ada@example.com"]]);
    assert.equal(got?.parsed.subject, mail.subject);
    assert.deepEqual(got?.parsed.from?.value, [
      { name: "Example, Accounts", address: "accounts@example.com" },
    ]);
    assert.equal(got?.parsed.text?.trim(), mail.text.trim());
    assert.equal(got?.parsed.html, mail.html);
    assert.equal(got?.parsed.headers.get("auto-submitted"), "auto-generated");
    assert.equal(got?.parsed.headers.get("x-mailer"), undefined);
    assert.deepEqual(events, []);
  });

  spec("I6-MAIL", "is taken at once, and sent later", async (t) => {
    const { server, mailer } = await aPair(t, { slowness: 100 });
    const begun = performance.now();
    for (let count = 0; count < 20; count++) mailer.send(mail);
    assert.ok(performance.now() - begun < 50);
    assert.equal(server.mails.length, 0);
    await server.received(20);
    assert.ok(server.seen.connections <= 4, `${server.seen.connections} connections`);
  });

  spec(
    "I6-MAIL",
    "is begun when the answer has left, so that nobody can tell by its time that there was one",
    async (t) => {
      const { server, mailer } = await aPair(t, {}, { lead: 400 });
      let written = 0;
      const write = () => {
        written++;
        return mail;
      };
      mailer.send(write);
      await server.received(1);
      mailer.send(write);
      await new Promise((resolve) => setTimeout(resolve, 200));
      assert.deepEqual([written, server.seen.recipients], [1, 1]);
      await server.received(2);
    },
  );

  it("that cannot be written is told, and holds up no other", async (t) => {
    const { server, mailer, events } = await aPair(t);
    mailer.send(() => {
      throw new TypeError("The text asks for {x}.");
    });
    mailer.send(mail);
    await server.received(1);
    assert.deepEqual(
      events.map(({ what, detail }) => [what, detail]),
      [["mail.failed", "A mail could not be written: The text asks for {x}."]],
    );
  });

  it("goes by STARTTLS with the user's password, which no log repeats", async (t) => {
    const there = { ...certified, security: "starttls", user: "valetkey", password: "mail secret" } as const;
    const here = {
      security: "starttls",
      ca: localhostCertificate,
      user: "valetkey",
      password: "mail secret",
    } as const;
    const { server, mailer, events } = await aPair(t, there, here);
    mailer.send(mail);
    const [got] = await server.received(1);
    assert.deepEqual([got?.isEncrypted, got?.user], [true, "valetkey"]);
    assert.deepEqual(events, []);
  });

  it("goes by TLS from the first octet", async (t) => {
    const { server, mailer } = await aPair(
      t,
      { ...certified, security: "tls" },
      { security: "tls", ca: localhostCertificate },
    );
    mailer.send(mail);
    assert.equal((await server.received(1))[0]?.isEncrypted, true);
  });

  for (const { given, there, here, reason } of [
    {
      given: "that offers no STARTTLS",
      there: { user: "valetkey", password: "mail secret" },
      here: { security: "starttls", user: "valetkey", password: "mail secret" },
      reason: /5\d\d|STARTTLS|ETLS/,
    },
    {
      given: "whose certificate nobody vouches for",
      there: { ...certified, security: "starttls" },
      here: { security: "starttls" },
      reason: /ESOCKET|ETLS|ECONNECTION/,
    },
    {
      given: "whose certificate is for another name",
      there: { ...certified, security: "tls" },
      here: { security: "tls", ca: localhostCertificate, host: "127.0.0.1" },
      reason: /ESOCKET|ETLS|ECONNECTION/,
    },
  ] as const) {
    spec("I6-MAIL", `is not sent to a server ${given}, and neither is the password`, async (t) => {
      const { server, mailer, events, whats } = await aPair(t, there, here);
      mailer.send(mail);
      await until(() => events.length > 0);
      assert.deepEqual([server.mails.length, server.seen.signIns], [0, 0]);
      assert.deepEqual(whats(), ["mail.failed"]);
      assert.match(events[0]?.detail ?? "", reason);
    });
  }
});

describe("what is tried again", { timeout: 30_000 }, () => {
  spec("I6-MAIL", "a server that is down, until it is up", async (t) => {
    const port = await freePort();
    const { mailer, events, whats } = aMailer(t, port, { pauses: [50, 50, 50, 50, 2_000, 2_000] });
    mailer.send(mail);
    await until(() => events.length > 0);
    assert.deepEqual(whats(), ["mail.delayed"]);
    assert.match(events[0]?.detail ?? "", /^localhost, a mail for example\.com: ECONNECTION|ESOCKET/);
    const server = await aMailServer(t, { port });
    const [got] = await server.received(1);
    assert.equal(got?.parsed.subject, mail.subject);
    await mailer.close();
    assert.deepEqual([whats(), server.mails.length], [["mail.delayed"], 1]);
  });

  it("a recipient for whom the server asks to come later (greylisting)", async (t) => {
    const refuses = (_: string, seen: number) => (seen < 3 ? 451 : undefined);
    const { server, mailer, whats } = await aPair(t, { refuses }, { pauses: [10, 10] });
    mailer.send(mail);
    await server.received(1);
    assert.equal(server.seen.recipients, 3);
    assert.deepEqual(whats(), ["mail.delayed"]);
  });

  spec("I6-MAIL", "is given up after the last pause", async (t) => {
    const { server, mailer, events, whats } = await aPair(t, { refuses: () => 451 }, { pauses: [10, 10] });
    mailer.send(mail);
    await until(() => whats().includes("mail.failed"));
    assert.equal(server.seen.recipients, 3);
    assert.match(events.at(-1)?.detail ?? "", /: 451 5\.1\.1 to RCPT TO \(try 3\)$/);
  });

  it("not a recipient that the server refuses for good; the operator learns the domain, not the person", async (t) => {
    const { server, mailer, events, whats } = await aPair(t, { refuses: () => 550 }, { pauses: [10, 10] });
    mailer.send(mail);
    await until(() => events.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(server.seen.recipients, 1);
    assert.deepEqual(whats(), ["mail.failed"]);
    assert.equal(events[0]?.detail, "localhost, a mail for example.com: 550 5.1.1 to RCPT TO (try 1)");
    assert.doesNotMatch(JSON.stringify(events), /ada|123456|secret=/);
  });

  it("a password that the server refuses: it may have been changed there first", async (t) => {
    const there = { user: "valetkey", password: "the new one" };
    const { server, mailer, events, whats } = await aPair(t, there, {
      user: "valetkey",
      password: "the old one",
      pauses: [10],
    });
    mailer.send(mail);
    await until(() => whats().includes("mail.failed"));
    assert.equal(server.seen.signIns, 2);
    assert.match(events[0]?.detail ?? "", /: 535.* to AUTH PLAIN$/);
    assert.doesNotMatch(JSON.stringify(events), /the old one|ada/);
  });

  it("and one that fails holds up no other", async (t) => {
    const refuses = (address: string) => (address.startsWith("bob") ? 451 : undefined);
    const { server, mailer } = await aPair(t, { refuses }, { pauses: [60_000] });
    mailer.send({ ...mail, to: "bob@example.com" });
    mailer.send(mail);
    assert.deepEqual((await server.received(1))[0]?.to, ["ada@example.com"]);
  });
});

describe("text that a stranger chose", { timeout: 30_000 }, () => {
  for (const evil of ["\r\n", "\n", "\r", "\r\n\r\n", "\u2028", "\0\n"]) {
    spec("I6-MAIL", `adds no header to a mail: ${JSON.stringify(evil)}`, async (t) => {
      const { server, mailer } = await aPair(t);
      const line = `${evil}Bcc: eve@example.com${evil}X-Evil: yes`;
      mailer.send({ ...mail, subject: `Sign in to Evil${line}`, text: `x${line}`, html: `x${line}` });
      const [got] = await server.received(1);
      const head = got?.raw.split("\r\n\r\n")[0] ?? "";
      assert.doesNotMatch(head, /^(bcc|x-evil):/im);
      assert.equal(got?.parsed.headers.has("x-evil"), false);
      assert.deepEqual(got?.to, ["ada@example.com"]);
      assert.match(got?.parsed.subject ?? "", /^Sign in to Evil.*X-Evil: yes$/);
    });
  }

  for (const to of [
    "ada@example.com\r\nRCPT TO:<eve@example.com>",
    "ada@example.com, eve@example.com",
    "ada@example.com eve@example.com",
    "Eve <eve@example.com>",
    "<ada@example.com>",
    "ada@example.com>,<eve@example.com",
    "group: ada@example.com;",
    '"ada@example.com\r\n"@example.com',
    "ada@exam\nple.com",
    "ada",
    "",
  ]) {
    spec("I6-MAIL", `is no address to send to: ${JSON.stringify(to)}`, async (t) => {
      const { server, mailer, events, whats } = await aPair(t);
      mailer.send({ ...mail, to });
      await mailer.close();
      assert.deepEqual([server.seen.connections, whats()], [0, ["mail.failed"]]);
      assert.doesNotMatch(JSON.stringify(events), /eve|ada/);
    });
  }
});

describe("the line of mails", { timeout: 30_000 }, () => {
  it("is bounded: what is too much is not taken, and the number is told", async (t) => {
    const { server, mailer, events, whats } = await aPair(t, { slowness: 30 }, { most: 10 });
    for (let count = 0; count < 25; count++) mailer.send(mail);
    await server.received(10);
    await until(() => events.length > 0);
    assert.deepEqual(whats(), ["mail.lost"]);
    assert.match(events[0]?.detail ?? "", /^15 mails were not taken/);
    mailer.send(mail);
    await server.received(11);
  });

  it("is sent to its end before the server ends, what waits for another try included", async (t) => {
    const refuses = (_: string, seen: number) => (seen === 1 ? 451 : undefined);
    const { server, mailer, whats } = await aPair(t, { refuses, slowness: 20 }, { pauses: [60_000] });
    mailer.send(mail);
    await until(() => whats().includes("mail.delayed"));
    for (let count = 0; count < 9; count++) mailer.send(mail);
    await mailer.close();
    assert.equal(server.mails.length, 10);
    assert.deepEqual(whats(), ["mail.delayed"]);
  });

  it("is given up when the mail server takes too long at the end, and the number is told", async (t) => {
    const { mailer, events } = await aPair(t, { slowness: 60_000 }, { patience: 100 });
    for (let count = 0; count < 6; count++) mailer.send(mail);
    const begun = performance.now();
    await mailer.close();
    assert.ok(performance.now() - begun < 3_000);
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual(
      events.map(({ what, detail }) => [what, detail]),
      [["mail.lost", "6 mails were not sent before this server ended."]],
    );
  });

  it("takes nothing after the end", async (t) => {
    const { server, mailer } = await aPair(t);
    await mailer.close();
    mailer.send(mail);
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(server.seen.connections, 0);
  });
});
