import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { StoppedClock } from "../../testing/stopped-clock.ts";
import { outboxMailer } from "./outbox.ts";

const mail = { to: "ada@example.com", subject: "Code", text: "123456", html: "" };

describe("the outbox", () => {
  it("keeps the newest mails, newest first, with their time, and forgets the rest", () => {
    const clock = new StoppedClock(1_000);
    const mailer = outboxMailer(clock, 3);
    for (const subject of ["1", "2", "3", "4"]) {
      mailer.send({ ...mail, subject });
      clock.advance(10);
    }
    assert.deepEqual(
      mailer.outbox().map(({ subject, at }) => [subject, at]),
      [
        ["4", 1_030],
        ["3", 1_020],
        ["2", 1_010],
      ],
    );
  });

  it("keeps two hundred of them", () => {
    const mailer = outboxMailer(new StoppedClock(1_000));
    for (let count = 0; count < 250; count++) mailer.send(mail);
    assert.equal(mailer.outbox().length, 200);
  });
});
