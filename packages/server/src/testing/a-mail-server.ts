import type { TestContext } from "node:test";
import type * as mailparser from "../../../../conformance/node_modules/mailparser/dist/esm/index.js";
import type * as smtp from "../../../../conformance/node_modules/smtp-server/dist/esm/smtp-server.js";
import { foreign } from "./foreign.ts";

const { SMTPServer } = foreign("smtp-server") as typeof smtp;
const { simpleParser } = foreign("mailparser") as typeof mailparser;

export interface ReceivedMail {
  /** As the envelope says. */
  readonly from: string;
  readonly to: readonly string[];
  /** The whole mail as it came. */
  readonly raw: string;
  readonly parsed: mailparser.ParsedMail;
  readonly isEncrypted: boolean;
  /** Who signed in. */
  readonly user: string | undefined;
}

export interface AMailServer {
  readonly port: number;
  readonly mails: ReceivedMail[];
  /** What arrived, refused or not. */
  readonly seen: { connections: number; signIns: number; recipients: number };
  /** Resolves with that many mails. */
  received(count: number): Promise<readonly ReceivedMail[]>;
  close(): Promise<void>;
}

export interface MailServerOptions {
  /** 0 for a free one. */
  readonly port?: number;
  readonly key?: string;
  readonly cert?: string;
  /** "starttls" offers it; "tls" speaks nothing else. */
  readonly security?: "none" | "starttls" | "tls";
  readonly user?: string;
  readonly password?: string;
  /** The code with which it refuses a recipient, or undefined. */
  refuses?(recipient: string, seen: number): number | undefined;
  /** Milliseconds until a mail is taken. */
  readonly slowness?: number;
}

/** A real SMTP server from elsewhere, on this machine; it reads each mail by a parser from elsewhere. */
export async function aMailServer(t: TestContext, options: MailServerOptions = {}): Promise<AMailServer> {
  const { key, cert, security = "none", slowness = 0 } = options;
  const mails: ReceivedMail[] = [];
  const seen = { connections: 0, signIns: 0, recipients: 0 };
  let told = () => {};
  const server = new SMTPServer({
    ...(key === undefined ? {} : { key }),
    ...(cert === undefined ? {} : { cert }),
    secure: security === "tls",
    disabledCommands: security === "starttls" ? [] : ["STARTTLS"],
    authOptional: options.user === undefined,
    allowInsecureAuth: true,
    closeTimeout: 200,
    // The warning about the built-in certificate, which a server without TLS never shows.
    logger: false,
    onConnect(_session, done) {
      seen.connections++;
      done();
    },
    onAuth({ username, password }, _session, done) {
      seen.signIns++;
      if (username === options.user && password === options.password) done(null, { user: username });
      else done(new Error("Wrong password for ada@example.com"));
    },
    onRcptTo({ address }, _session, done) {
      seen.recipients++;
      const code = options.refuses?.(address, seen.recipients);
      if (code === undefined) done();
      else done(Object.assign(new Error(`5.1.1 <${address}> is unknown here`), { responseCode: code }));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", async () => {
        await new Promise((resolve) => setTimeout(resolve, slowness));
        const raw = Buffer.concat(chunks).toString("utf8");
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo.map(({ address }) => address),
          raw,
          parsed: await simpleParser(raw),
          isEncrypted: session.secure,
          user: session.user,
        });
        done();
        told();
      });
    },
  });
  server.on("error", () => {});
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  t.after(close);
  const port = await new Promise<number>((resolve, reject) => {
    const listener = server.listen(options.port ?? 0, "127.0.0.1", () => {
      const address = listener.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
    listener.once("error", reject);
  });
  const received = async (count: number) => {
    while (mails.length < count) {
      await new Promise<void>((resolve) => {
        told = resolve;
      });
    }
    return mails;
  };
  return { port, mails, seen, received, close };
}
