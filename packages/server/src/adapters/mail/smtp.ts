import type { Transporter } from "nodemailer";
import type { AuditLog } from "../../ports/audit-log.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Mail, Mailer } from "../../ports/mailer.ts";
import { isFinal, reasonOf } from "./smtp-failure.ts";

/** The mail server, as the configuration names it. */
export interface SmtpPlan {
  readonly host: string;
  readonly port: number;
  /** "tls" from the first octet; "starttls" or no mail at all; "none" for a server on this machine. */
  readonly security: "tls" | "starttls" | "none";
  readonly user: string | null;
  readonly password: string | null;
  readonly from: { readonly name: string; readonly address: string };
  /** How this server names itself in EHLO. */
  readonly name: string;
}

export interface SmtpOptions extends SmtpPlan {
  readonly audit: Pick<AuditLog, "record">;
  readonly clock: Clock;
  /** PEM; trusted instead of the machine's own authorities. */
  readonly ca?: string;
  /** Milliseconds before the first try; 50. */
  readonly lead?: number;
  /** Milliseconds before each further try; as many tries as there are numbers, and one. */
  readonly pauses?: readonly number[];
  /** Mails that may wait or be under way; 1,000. */
  readonly most?: number;
  /** Milliseconds that `close` waits for what is still to be sent; 5,000. */
  readonly patience?: number;
}

/** A server that greylists wants a second try after some minutes; a code is of no use after a quarter of an hour. */
const usualPauses = [1_000, 5_000, 30_000, 120_000, 480_000];
const connections = 4;
/** Milliseconds. */
const mostForOne = 60_000;

interface Letter {
  readonly mail: Mail;
  /** How often it was tried. */
  tries: number;
}

/** Sends through one mail server: a few connections, a line of bounded length, growing pauses after failures. */
export class SmtpMailer implements Mailer {
  readonly kind = "smtp";
  readonly #options: SmtpOptions & { readonly pauses: readonly number[]; readonly most: number };
  /** Not written yet. */
  readonly #taken: (Mail | (() => Mail))[] = [];
  readonly #ready: Letter[] = [];
  readonly #paused = new Map<Letter, NodeJS.Timeout>();
  #underWay = 0;
  #turnedAway = 0;
  #isClosed = false;
  /** What fails now was counted as lost. */
  #isOver = false;
  #soon: NodeJS.Timeout | undefined;
  #transporter: Promise<Transporter> | undefined;
  #whenIdle: (() => void) | undefined;

  constructor(options: SmtpOptions) {
    this.#options = { pauses: usualPauses, most: 1_000, ...options };
  }

  send(mail: Mail | (() => Mail)): void {
    if (this.#isClosed || this.#held >= this.#options.most) {
      this.#turnedAway++;
      return;
    }
    this.#taken.push(mail);
    // The answer leaves first: a mail must not make it later than one after which nobody is written to.
    this.#soon ??= setTimeout(() => {
      this.#write();
      this.#next();
    }, this.#options.lead ?? 50);
  }

  outbox(): readonly [] {
    return [];
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#write();
    for (const [letter, timer] of this.#paused) {
      clearTimeout(timer);
      this.#ready.push(letter);
    }
    this.#paused.clear();
    if (this.#held > 0) await this.#idle();
    const transporter = await this.#transporter?.catch(() => undefined);
    transporter?.close({ force: true });
    const lost = this.#held + this.#turnedAway;
    this.#isOver = true;
    if (lost > 0) this.#tell("mail.lost", `${lost} mails were not sent before this server ended.`);
    this.#ready.length = 0;
  }

  get #held(): number {
    return this.#taken.length + this.#ready.length + this.#paused.size + this.#underWay;
  }

  #write(): void {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    for (const given of this.#taken.splice(0)) {
      try {
        const mail = typeof given === "function" ? given() : given;
        if (isOneAddress(mail.to)) this.#ready.push({ mail, tries: 0 });
        else this.#tell("mail.failed", "The address of a mail is none.");
      } catch (thrown) {
        const reason = thrown instanceof Error ? thrown.message : "unknown error";
        this.#tell("mail.failed", `A mail could not be written: ${reason}`);
      }
    }
  }

  /** Resolves when nothing is left to send, or patience ends. */
  #idle(): Promise<void> {
    return new Promise((resolve) => {
      const impatient = setTimeout(resolve, this.#options.patience ?? 5_000);
      this.#whenIdle = () => {
        clearTimeout(impatient);
        resolve();
      };
      this.#next();
    });
  }

  #next(): void {
    if (this.#turnedAway > 0 && !this.#isClosed && this.#held < this.#options.most / 2) {
      this.#tell("mail.lost", `${this.#turnedAway} mails were not taken: too many waited already.`);
      this.#turnedAway = 0;
    }
    while (this.#underWay < connections) {
      const letter = this.#ready.shift();
      if (letter === undefined) break;
      this.#underWay++;
      void this.#deliver(letter).finally(() => {
        this.#underWay--;
        this.#next();
      });
    }
    if (this.#held === 0) this.#whenIdle?.();
  }

  async #deliver(letter: Letter): Promise<void> {
    letter.tries++;
    try {
      const transporter = await this.#opened();
      await transporter.sendMail(this.#message(letter.mail));
    } catch (thrown) {
      this.#failed(letter, thrown);
    }
  }

  #failed(letter: Letter, thrown: unknown): void {
    if (this.#isOver) return;
    const { host, pauses } = this.#options;
    const pause = pauses[letter.tries - 1];
    const about = `${host}, a mail for ${domainOf(letter.mail.to)}: ${reasonOf(thrown)}`;
    if (isFinal(thrown) || pause === undefined || this.#isClosed) {
      this.#tell("mail.failed", `${about} (try ${letter.tries})`);
      return;
    }
    if (letter.tries === 1) this.#tell("mail.delayed", about);
    const timer = setTimeout(() => {
      this.#paused.delete(letter);
      this.#ready.push(letter);
      this.#next();
    }, pause);
    this.#paused.set(letter, timer.unref());
  }

  #message({ to, subject, text, html }: Mail) {
    return {
      from: this.#options.from,
      // As an object, so that nothing in it is read as a second address.
      to: { name: "", address: to },
      subject: oneLine(subject),
      text,
      html,
      // RFC 3834 §5: no answering machine answers.
      headers: { "Auto-Submitted": "auto-generated" },
      xMailer: false as const,
      disableFileAccess: true,
      disableUrlAccess: true,
      signal: AbortSignal.timeout(mostForOne),
    };
  }

  /** The library is read when the first mail goes: most starts send none. */
  #opened(): Promise<Transporter> {
    this.#transporter ??= this.#open();
    return this.#transporter;
  }

  async #open(): Promise<Transporter> {
    const { createTransport } = await import("nodemailer");
    const { host, port, security, user, password, name, ca } = this.#options;
    return createTransport({
      pool: true,
      host,
      port,
      name,
      secure: security === "tls",
      // RFC 3207 §6: who strips STARTTLS from the greeting must not get the mail, nor the password.
      requireTLS: security === "starttls",
      ignoreTLS: security === "none",
      ...(user === null ? {} : { auth: { user, pass: password ?? "" } }),
      tls: { minVersion: "TLSv1.2", rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) },
      maxConnections: connections,
      // Each failure is judged here.
      maxRequeues: 0,
      idleTimeout: 30_000,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 30_000,
      dnsTimeout: 10_000,
      maxResponseSize: 65_536,
    });
  }

  #tell(what: string, detail: string): void {
    this.#options.audit.record({ at: this.#options.clock.now(), what, detail });
  }
}

/** One address and nothing beside it: no list, no name, no space, nothing that ends a line. */
function isOneAddress(text: string): boolean {
  return /^[^\s@<>(),;:"\\[\]\p{Cc}]{1,64}@[^\s@<>(),;:"\\\p{Cc}]{1,255}$/u.test(text);
}

/** What an operator needs: at whose server it went wrong, not to whom. */
function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1);
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
}
