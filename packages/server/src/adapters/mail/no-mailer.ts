import type { Mailer } from "../../ports/mailer.ts";

/** For a server that was told no mail server. A mail that only tells goes nowhere; whatever needs one is not offered. */
export const noMailer: Mailer = {
  kind: "none",
  send() {},
  outbox: () => [],
  close: async () => {},
};
