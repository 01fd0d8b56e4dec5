import { Agent, request } from "node:http";

/** What one browser types at the sign-in page. */
interface Typed {
  readonly port: number;
  /** What a proxy says that the browser's address is. */
  readonly address: string;
  readonly email: string;
  readonly password: string;
}

/** A form that waits to be sent. */
export interface Attempt {
  send(): Promise<Attempted>;
}

export interface Attempted {
  readonly status: number;
  /** Seconds; 0 when none were told. */
  readonly retryAfter: number;
}

const agent = new Agent({ keepAlive: false, maxSockets: 2_000 });

/** Opens the sign-in page as a browser does and fills it in. */
export async function anAttempt({ port, address, email, password }: Typed): Promise<Attempt> {
  const forwarded = { "x-forwarded-for": address, accept: "text/html" };
  const start = await answerOf(port, "GET", "/account", forwarded);
  const cookie = start.cookies.map((line) => line.split(";")[0]).join("; ");
  const { pathname, search } = new URL(start.location, `http://127.0.0.1:${port}`);
  const page = await answerOf(port, "GET", `${pathname}${search}`, { ...forwarded, cookie });
  const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page.body)?.[1] ?? "";
  const body = new URLSearchParams({
    interaction: hidden("interaction"),
    form_token: hidden("form_token"),
    action: "password",
    email,
    password,
  }).toString();
  const headers = {
    ...forwarded,
    cookie,
    "content-type": "application/x-www-form-urlencoded",
    "sec-fetch-site": "same-origin",
  };
  return { send: () => answerOf(port, "POST", "/sign-in", headers, body) };
}

interface Answer extends Attempted {
  readonly location: string;
  readonly cookies: readonly string[];
  readonly body: string;
}

function answerOf(
  port: number,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body = "",
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ agent, port, host: "127.0.0.1", method, path, headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk)).on("error", reject);
      incoming.on("end", () =>
        resolve({
          status: incoming.statusCode ?? 0,
          retryAfter: Number(incoming.headers["retry-after"] ?? 0),
          location: incoming.headers.location ?? "",
          cookies: incoming.headers["set-cookie"] ?? [],
          body: Buffer.concat(chunks).toString("utf8"),
        }),
      );
    });
    asked.on("error", reject).end(body);
  });
}
