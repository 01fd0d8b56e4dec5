import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { aMailServer } from "../../testing/a-mail-server.ts";
import { RecordedAudit } from "../../testing/recorded-audit.ts";
import { StoppedClock } from "../../testing/stopped-clock.ts";
import { type MailPlan, openMailer } from "./open-mailer.ts";

const clock = new StoppedClock(1_000);
const mail = { to: "ada@example.com", subject: "Code", text: "123456", html: "" };

function smtpPlan(port: number, password: string | { file: string }): MailPlan {
  const from = { name: "", address: "accounts@example.com" };
  const security = "none";
  return {
    kind: "smtp",
    host: "127.0.0.1",
    port,
    security,
    user: "valetkey",
    password,
    from,
    name: "localhost",
  };
}

describe("opening a mailer", () => {
  for (const kind of ["outbox", "none"] as const) {
    it(`of kind ${kind} sends nothing anywhere`, async () => {
      const audit = new RecordedAudit();
      const mailer = await openMailer({ kind }, audit, clock);
      mailer.send(mail);
      assert.deepEqual([mailer.kind, mailer.outbox().length], [kind, kind === "outbox" ? 1 : 0]);
      await mailer.close();
      assert.deepEqual(audit.events, []);
    });
  }

  it("reads the password from the first line of its file", async (t) => {
    const folder = await mkdtemp(join(tmpdir(), "valetkey-mail-"));
    t.after(() => rm(folder, { recursive: true }));
    const file = join(folder, "password");
    await writeFile(file, "mail secret\n");
    const server = await aMailServer(t, { user: "valetkey", password: "mail secret" });
    const mailer = await openMailer(smtpPlan(server.port, { file }), new RecordedAudit(), clock);
    t.after(() => mailer.close());
    mailer.send(mail);
    assert.equal((await server.received(1))[0]?.user, "valetkey");

    await writeFile(file, "\n");
    await assert.rejects(openMailer(smtpPlan(1, { file }), new RecordedAudit(), clock), /no password/);
    const missing = { file: join(folder, "missing") };
    await assert.rejects(openMailer(smtpPlan(1, missing), new RecordedAudit(), clock), /missing.*ENOENT/);
  });
});
