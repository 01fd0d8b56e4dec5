import assert from "node:assert/strict";
import { ABrowser, type Visit } from "./a-browser.ts";
import { type AServer, password } from "./a-server.ts";

/** A person who is signed in, on the pages of their account. */
export class AnAccountPage {
  readonly browser: ABrowser;
  readonly #server: AServer;

  private constructor(server: AServer, browser: ABrowser) {
    this.#server = server;
    this.browser = browser;
  }

  static of(server: AServer, browser: ABrowser): AnAccountPage {
    return new AnAccountPage(server, browser);
  }

  static async open(
    server: AServer,
    who: { readonly email?: string; readonly userAgent?: string } = {},
  ): Promise<AnAccountPage> {
    const { email = "ada@example.com", userAgent } = who;
    const page = new AnAccountPage(server, new ABrowser(server));
    const headers = userAgent === undefined ? {} : { "user-agent": userAgent };
    const visit = await page.browser.open("/account", { headers });
    const init = await page.browser.submit(visit, { email, password }, headers);
    assert.equal(init.url, `${server.issuer}/account`, init.body);
    return page;
  }

  /** One of the pages: "security", "security/password"; empty for the first. */
  async see(path = ""): Promise<Visit> {
    return await this.browser.open(`/account${path === "" ? "" : `/${path}`}`);
  }

  /** The token that the pages of this account give their forms. */
  async token(): Promise<string> {
    const { body } = await this.see("sessions");
    return /name="form_token" value="([^"]*)"/.exec(body)?.[1] ?? assert.fail(body);
  }

  /** What a form of that page sends, whether the page shows it or not. */
  async send(
    path: string,
    values: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Visit> {
    const body = new URLSearchParams({ form_token: await this.token(), ...values });
    return await this.post(path, body, headers);
  }

  async post(
    path: string,
    body: URLSearchParams,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Visit> {
    return await this.browser.open(`${this.#server.issuer}/account/${path}`, {
      method: "POST",
      body,
      headers: { origin: "null", "sec-fetch-site": "same-origin", ...headers },
    });
  }
}

/** What a page says, without its marks. */
export function textOf({ body }: Visit): string {
  return body
    .replace(/<\/?(?:bdi|span|strong)\b[^>]*>/g, "")
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&#39;", "'")
    .replace(/\s+/g, " ");
}
