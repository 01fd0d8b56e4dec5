import { readFile } from "node:fs/promises";
import type { AuditLog } from "../../ports/audit-log.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Mailer } from "../../ports/mailer.ts";
import { noMailer } from "./no-mailer.ts";
import { outboxMailer } from "./outbox.ts";
import { SmtpMailer, type SmtpPlan } from "./smtp.ts";

/** Where mails go: to a mail server, to the page of a development server, or nowhere. */
export type MailPlan = SmtpMailPlan | { readonly kind: "outbox" | "none" };

interface SmtpMailPlan extends Omit<SmtpPlan, "password"> {
  readonly kind: "smtp";
  /** Itself, or the file whose first line it is. */
  readonly password: string | { readonly file: string } | null;
}

/**
 * Connects to nothing yet: the first mail does.
 * @throws Error when the file of the password cannot be read
 */
export async function openMailer(plan: MailPlan, audit: AuditLog, clock: Clock): Promise<Mailer> {
  if (plan.kind !== "smtp") return plan.kind === "outbox" ? outboxMailer(clock) : noMailer;
  const { password } = plan;
  const known =
    typeof password === "object" && password !== null ? await firstLineOf(password.file) : password;
  return new SmtpMailer({ ...plan, password: known, audit, clock });
}

async function firstLineOf(file: string): Promise<string> {
  try {
    const [line = ""] = (await readFile(file, "utf8")).split(/\r?\n/, 1);
    if (line !== "") return line;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "unknown error";
    throw new Error(`The file of mail.password_file, ${file}, cannot be read (${code}).`, { cause });
  }
  throw new Error(`The file of mail.password_file, ${file}, has no password in its first line.`);
}
