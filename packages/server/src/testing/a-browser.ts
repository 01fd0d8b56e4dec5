import assert from "node:assert/strict";

/** The server that a browser visits: its issuer, and how to reach it without following redirects. */
export interface Visited {
  readonly issuer: string;
  fetchHere(input: string | URL | Request, init?: RequestInit): Promise<Response>;
}

export interface Form {
  readonly action: string;
  readonly fields: ReadonlyMap<string, readonly string[]>;
}

export interface Visit {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/**
 * A browser without script: keeps cookies, follows redirects while they stay at the issuer, fills in forms.
 * Whatever leads away from the issuer is where it stops; `url` says where that is.
 */
export class ABrowser {
  readonly #server: Visited;
  readonly cookies = new Map<string, string>();

  constructor(server: Visited) {
    this.#server = server;
  }

  async open(url: string, init: RequestInit = {}): Promise<Visit> {
    let target = new URL(url, this.#server.issuer).href;
    let request = init;
    for (let hop = 0; hop < 10; hop++) {
      if (new URL(target).origin !== new URL(this.#server.issuer).origin) {
        return { url: target, status: 0, headers: new Headers(), body: "" };
      }
      const response = await this.#server.fetchHere(target, { ...request, headers: this.#headers(request) });
      this.#keep(response);
      const location = response.headers.get("location");
      if (location === null || response.status < 300 || response.status > 399) {
        return {
          url: target,
          status: response.status,
          headers: response.headers,
          body: await response.text(),
        };
      }
      target = new URL(location, target).href;
      request = {};
    }
    throw new Error("Too many redirects.");
  }

  /** Sends the page's form with `values` over what the page had; an array gives a name several values. */
  async submit(
    visit: Visit,
    values: Readonly<Record<string, string | readonly string[]>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Visit> {
    const { action, fields } = formOf(visit);
    const all = new Map<string, readonly string[]>(fields);
    for (const [name, value] of Object.entries(values))
      all.set(name, typeof value === "string" ? [value] : value);
    const body = new URLSearchParams(
      [...all].flatMap(([name, list]) => list.map((value) => [name, value] as [string, string])),
    );
    return await this.open(new URL(action, visit.url).href, {
      method: "POST",
      body,
      headers: { origin: "null", "sec-fetch-site": "same-origin", ...headers },
    });
  }

  /** Signs in and allows everything that the page offers (or only `scopes`): the URL that the client gets. */
  async approve(
    url: string,
    who: { email: string; password: string },
    scopes?: readonly string[],
  ): Promise<URL> {
    let visit = await this.open(url);
    if (visit.url.includes("/sign-in")) visit = await this.submit(visit, who);
    if (visit.url.includes("/consent")) {
      visit = await this.submit(visit, { decision: "allow", ...(scopes ? { scope: scopes } : {}) });
    }
    assert.equal(visit.status, 0, `The browser is still at ${visit.url}: ${visit.body.slice(0, 2000)}`);
    return new URL(visit.url);
  }

  #headers(init: RequestInit): Headers {
    const headers = new Headers(init.headers);
    if (!headers.has("accept")) headers.set("accept", "text/html");
    if (this.cookies.size > 0)
      headers.set("cookie", [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    return headers;
  }

  #keep(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
      const at = pair.indexOf("=");
      const name = pair.slice(0, at);
      if (attributes.includes("Max-Age=0")) this.cookies.delete(name);
      else this.cookies.set(name, pair.slice(at + 1));
    }
  }
}

/** The first form of a page that is there without script: its action, its hidden and preset fields, its ticked boxes. */
export function formOf(visit: Visit): Form {
  const form = /<form(?![^>]* hidden)[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/.exec(visit.body);
  assert.ok(form, `There is no form at ${visit.url} (${visit.status}): ${visit.body.slice(0, 2000)}`);
  const fields = new Map<string, string[]>();
  for (const [input] of (form[2] ?? "").matchAll(/<input[^>]*>/g)) {
    const name = attribute(input, "name");
    const type = attribute(input, "type");
    if (!name || / disabled/.test(input) || (type === "checkbox" && !/ checked/.test(input))) continue;
    fields.set(name, [...(fields.get(name) ?? []), attribute(input, "value") ?? ""]);
  }
  return { action: unescaped(form[1] ?? ""), fields };
}

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? undefined : unescaped(value);
}

function unescaped(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
