import type { Mail, Mailer } from "../ports/mailer.ts";

/** A mailer that a test can read: what was sent, in order. */
export class KeptMails implements Mailer {
  readonly kind: Mailer["kind"];
  readonly sent: Mail[] = [];

  constructor(kind: Mailer["kind"] = "smtp") {
    this.kind = kind;
  }

  send(mail: Mail | (() => Mail)): void {
    this.sent.push(typeof mail === "function" ? mail() : mail);
  }
  outbox() {
    return this.kind === "outbox" ? this.sent.map((mail) => ({ ...mail, at: 0 })).toReversed() : [];
  }
  async close(): Promise<void> {}

  /** The newest to that address. */
  newestTo(address: string): Mail | undefined {
    return this.sent.findLast(({ to }) => to === address);
  }
}
