import { isLoopbackHost } from "@valetkey/protocol/web-uri";
import type { Config } from "./schema.ts";
import { senderIn, smtpParts } from "./sections/mail.ts";

/** Where mails go, as `start` asks for it. */
export function mailPlanOf(config: Config) {
  const { smtp, password, password_file: file, from } = config.mail;
  const sender = from === undefined ? undefined : senderIn(from);
  if (smtp === undefined || sender === undefined) {
    return { kind: isOwnMachine(config) ? ("outbox" as const) : ("none" as const) };
  }
  const { isTls, host, port, user } = smtpParts(smtp);
  return {
    kind: "smtp" as const,
    host,
    port,
    security: isTls ? ("tls" as const) : isHere(host) ? ("none" as const) : ("starttls" as const),
    user,
    password: file === undefined ? (password ?? null) : { file },
    from: sender,
    name: new URL(config.issuer).hostname.replace(/^[0-9.]+$/, "[$&]"),
  };
}

/** A developer's: nobody else names it, and nobody else reaches it. The outbox shows every code and link that there is. */
function isOwnMachine({ issuer, listen }: Config): boolean {
  return isLoopbackHost(new URL(issuer).hostname) && isHere(listen.host);
}

function isHere(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(?:\.[0-9]{1,3}){3}$/.test(host);
}
