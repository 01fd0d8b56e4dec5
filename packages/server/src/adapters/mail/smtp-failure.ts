/** What nodemailer tells of a failure; every member may be missing. */
interface SmtpFailure {
  readonly code?: unknown;
  readonly command?: unknown;
  readonly responseCode?: unknown;
  readonly response?: unknown;
  readonly message?: unknown;
}

/** Codes of failures before the mail itself is spoken of: their words name no person. */
const ofConnection = new Set(["ECONNECTION", "ETIMEDOUT", "ESOCKET", "EDNS", "ETLS", "EPROXY"]);

/** RFC 5321 §4.2.1: 5yz will be the same next time; but who does not let us in today may tomorrow. */
export function isFinal(thrown: unknown): boolean {
  const { responseCode, code } = thrown as SmtpFailure;
  if (code === "EAUTH" || code === "ETLS") return false;
  return code === "EENVELOPE" && responseCode === undefined
    ? true
    : typeof responseCode === "number" && responseCode >= 500 && responseCode < 600;
}

/**
 * In the words of an operator, without those of the far end: a mail server's answer may repeat the address or the mail.
 */
export function reasonOf(thrown: unknown): string {
  const { code, command, responseCode, response, message } = thrown as SmtpFailure;
  if (typeof responseCode === "number") {
    const enhanced = /^[0-9]{3}[ -]([245]\.[0-9]{1,3}\.[0-9]{1,3})(?:\s|$)/.exec(String(response))?.[1];
    const asked = /^[A-Z][A-Z ]{2,15}$/.test(String(command)) ? ` to ${command}` : "";
    return `${responseCode}${enhanced === undefined ? "" : ` ${enhanced}`}${asked}`;
  }
  if (typeof code !== "string" || !/^[A-Z_]{3,40}$/.test(code)) return "an error without a code";
  return ofConnection.has(code) ? `${code}: ${String(message).slice(0, 200)}` : code;
}
