import assert from "node:assert/strict";
import type { ABrowser } from "../a-browser.ts";
import { pkce } from "../a-login.ts";
import { callback, mcp, password } from "../a-server.ts";
import type { AnswerBody } from "../answer-body.ts";
import type { Stage } from "./stage.ts";

type Form = Readonly<Record<string, string>>;

export const ada = { email: "ada@example.com", password };

/** A program that plays a client on a stage; `name` is what the diagrams call it. */
export class App {
  readonly #stage: Stage;
  readonly name: string;

  constructor(stage: Stage, name = "App") {
    this.#stage = stage;
    this.name = name;
  }

  get fetch() {
    return this.#stage.caller(this.name);
  }

  async post(path: string, form: Form, headers: Form = {}): Promise<AnswerBody> {
    return (await this.answer(path, form, headers)).body;
  }

  async answer(path: string, form: Form, headers: Form = {}) {
    const body = new URLSearchParams(form);
    const url = `${this.#stage.server.issuer}${path}`;
    const response = await this.fetch(url, { method: "POST", body, headers });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === "" ? {} : JSON.parse(text)) as AnswerBody,
    };
  }

  /** Sends the browser to the server, and takes the code that comes home. */
  async login(browser: ABrowser, clientId: string, more: Form = {}) {
    const { verifier, challenge } = pkce();
    const parameters = {
      response_type: "code",
      client_id: clientId,
      redirect_uri: callback,
      code_challenge: challenge,
      code_challenge_method: "S256",
      state: "af0ifjsldkj",
      resource: mcp,
      ...more,
    };
    const url = `${this.#stage.server.issuer}/authorize?${new URLSearchParams(parameters)}`;
    this.#stage.note([this.name, "Browser"], "The app opens the browser");
    const home = await browser.approve(url, ada);
    this.#stage.arrives(home, this.name);
    const code = home.searchParams.get("code");
    assert.ok(code, home.href);
    return { code, verifier };
  }

  /** The token request of a code. */
  redeem(clientId: string, { code, verifier }: { code: string; verifier: string }, headers: Form = {}) {
    const grant = { grant_type: "authorization_code", client_id: clientId, code, code_verifier: verifier };
    return this.answer("/token", { ...grant, redirect_uri: callback }, headers);
  }
}

/** A machine's or a server's proof of who it is. */
export { basic } from "../a-program.ts";
