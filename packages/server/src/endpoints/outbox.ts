import { page } from "../http/answer.ts";
import type { Endpoint } from "../http/message.ts";
import { outboxPage } from "../pages/outbox.ts";
import type { Context } from "./context.ts";
import { englishFrame } from "./frame.ts";

/**
 * What was sent to nobody: on a developer's own machine only. Whoever reads it has every code and link, so there is no
 * such route where mails are sent.
 */
export function outboxEndpoint(context: Context): Endpoint {
  return () => {
    const mails = context.mailer
      .outbox()
      .map((mail) => ({ ...mail, at: new Date(mail.at * 1000).toISOString() }));
    return page(outboxPage({ ...englishFrame(context), mails }));
  };
}
