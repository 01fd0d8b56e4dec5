import type { Clock } from "../../ports/clock.ts";
import type { Mail, Mailer } from "../../ports/mailer.ts";

/** Keeps the newest mails in memory instead of sending them: for a developer's own machine. */
export function outboxMailer(clock: Clock, most = 200): Mailer {
  let kept: readonly (Mail & { readonly at: number })[] = [];
  return {
    kind: "outbox",
    send(mail) {
      const written = typeof mail === "function" ? mail() : mail;
      kept = [{ ...written, at: clock.now() }, ...kept].slice(0, most);
    },
    outbox: () => kept,
    close: async () => {},
  };
}
