import { isHost, isPort } from "@valetkey/protocol/web-uri";
import { group } from "../group.ts";
import { text, told } from "../setting.ts";

/** The mails to people. */
export const mail = group(
  "Mails to people: codes and links to sign in, to confirm an address, to set a new password. Without a mail server nothing is offered that needs one; on a developer's own machine they are kept for the page /outbox.",
  {
    smtp: told(
      text(smtpReason).optional(),
      "The mail server: smtps:// for TLS from the start (port 465), smtp:// for STARTTLS (port 587), without which nothing is sent unless the server is on this machine. Before the host the user, if it asks for one; never the password.",
      { type: "text", example: "smtp://valetkey@smtp.example.com:587" },
    ),
    password: told(
      text().optional(),
      "The user's password at the mail server. Better in the environment, VALETKEY_MAIL__PASSWORD, or in a file of its own.",
      { type: "text", example: "its-password" },
    ),
    password_file: told(
      text().optional(),
      "A file whose first line is that password. A relative path starts at the folder of this file.",
      { type: "text", example: "./valetkey-data/smtp-password" },
    ),
    from: told(
      text((value) =>
        senderIn(value) ? undefined : "must be an email address, or a name and the address in <>",
      ).optional(),
      "Whom the mails come from: an address for which your mail server may send, with a name before it if you like.",
      { type: "text", example: "Example Accounts <accounts@example.com>" },
    ),
  },
);

const address = String.raw`[^\s@<>(),;:"\\\p{Cc}]{1,64}@[^\s@<>(),;:"\\\p{Cc}]{1,190}`;
const sender = new RegExp(String.raw`^(?:([^<>\p{Cc}]{0,100}?)\s*<(${address})>|(${address}))$`, "u");

/** `Name <address>` or an address alone, in its parts. */
export function senderIn(text: string): { readonly name: string; readonly address: string } | undefined {
  const [whole, name = "", named, alone] = sender.exec(text.trim()) ?? [];
  if (whole === undefined) return undefined;
  return { name: name.replace(/^"(.*)"$/, "$1"), address: named ?? alone ?? "" };
}

/** The parts of the URL of a mail server that has been judged right. */
export function smtpParts(value: string) {
  const { protocol, hostname, port, username } = new URL(value);
  const isTls = protocol === "smtps:";
  return {
    isTls,
    host: hostname.replace(/^\[|\]$/g, ""),
    port: port === "" ? (isTls ? 465 : 587) : Number(port),
    user: username === "" ? null : decodeURIComponent(username),
  };
}

function smtpReason(value: string): string | undefined {
  if (!URL.canParse(value)) return "must be a URL such as smtp://user@smtp.example.com:587";
  const url = new URL(value);
  if (url.protocol !== "smtp:" && url.protocol !== "smtps:") return "must begin with smtp:// or smtps://";
  if (url.password !== "") return "must not hold the password, which goes into VALETKEY_MAIL__PASSWORD";
  if (!isHost(url.hostname)) return "must name a host in lower case";
  if (url.port !== "" && !isPort(url.port)) return "must have a port between 1 and 65535";
  if (!["", "/"].includes(url.pathname) || url.search !== "" || url.hash !== "")
    return "must end after host and port";
  try {
    return /\p{Cc}/u.test(decodeURIComponent(url.username)) ? "must not hold control characters" : undefined;
  } catch {
    return "has a user that cannot be read; write signs in it as %XX";
  }
}
