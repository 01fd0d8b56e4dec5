import assert from "node:assert/strict";
import { ABrowser } from "./a-browser.ts";
import type { AServer } from "./a-server.ts";

/** What the interaction API says; the members that a test looks at. */
export interface Told {
  readonly status: number;
  readonly step: string;
  readonly actions: readonly string[];
  readonly begin_with?: string;
  readonly fault?: string;
  readonly location?: string;
  readonly error?: string;
  readonly passkey_request?: Readonly<Record<string, unknown>>;
  readonly passkey_creation?: Readonly<Record<string, unknown>>;
  readonly one_time_password?: { readonly uri: string; readonly secret: string; readonly qr: string };
  readonly recovery_codes?: readonly string[];
}

/** A person's sign-in by the interaction API, as a team's own page does it. */
export class ASignIn {
  readonly browser: ABrowser;
  readonly id: string;
  readonly #server: AServer;
  #formToken = "";

  private constructor(server: AServer, browser: ABrowser, id: string) {
    this.#server = server;
    this.browser = browser;
    this.id = id;
  }

  /** Opens what a client's request leads to, or a page of ours, up to the sign-in. */
  static async begin(server: AServer, url: string, browser = new ABrowser(server)): Promise<ASignIn> {
    const visit = await browser.open(url);
    const id = new URL(visit.url).searchParams.get("interaction");
    assert.ok(id, `No interaction began: ${visit.url}`);
    return new ASignIn(server, browser, id);
  }

  async state(): Promise<Told> {
    return this.#told(
      await this.browser.open(`${this.#server.issuer}/interaction/v1?interaction=${this.id}`),
    );
  }

  /** Takes a step; looks first where the person is, unless they look at an older page. */
  async act(action: string, members: Readonly<Record<string, unknown>> = {}): Promise<Told> {
    if (this.#formToken === "") await this.state();
    const body = JSON.stringify({ interaction: this.id, form_token: this.#formToken, action, ...members });
    const headers = { "content-type": "application/json", "sec-fetch-site": "same-origin" };
    return this.#told(
      await this.browser.open(`${this.#server.issuer}/interaction/v1`, { method: "POST", body, headers }),
    );
  }

  #told({ status, body }: { readonly status: number; readonly body: string }): Told {
    const told = JSON.parse(body) as Told & { readonly form_token?: string };
    this.#formToken = told.form_token ?? this.#formToken;
    return { ...told, status };
  }
}
