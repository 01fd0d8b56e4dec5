import type { StepUp } from "@valetkey/protocol/step-up";
import { apiFetch } from "./api-fetch.ts";
import { callbackAnswer, returnByHistory } from "./callback.ts";
import { SignInError } from "./errors.ts";
import { news, type SignInRequest } from "./messages.ts";
import { type ClientOptions, keyOf } from "./options.ts";
import { ownPath } from "./own-path.ts";
import { restoring } from "./restoring.ts";
import type { Session, SignedIn } from "./session.ts";
import { SessionSource } from "./session-source.ts";
import { revived, workerLink } from "./worker-link.ts";

export interface Client extends Pick<SessionSource, "session" | "subscribe"> {
  /**
   * Call it once as the page starts, as often as you like: it takes the issuer's answer from the URL, or finds who is signed
   * in already. It does not throw: what went wrong is in the session's `error`.
   */
  start(): Promise<Session>;
  /** Sends the page to the issuer. Resolves only if the page stays, which it does not. @throws SignInError */
  signIn(request?: SignInRequest & { readonly stepUp?: StepUp | undefined }): Promise<void>;
  /** In all tabs, at the API's issuer, and on the issuer's own page if it has one and `local` is not set. */
  signOut(how?: { readonly local?: boolean }): Promise<void>;
  /** `fetch` with the token. @throws SignInError "signed_out", "step_up", "target", "unreachable" */
  readonly fetch: typeof fetch;
}

/** Signs people in at one issuer, for one API. Two clients of one page live side by side. */
export function createClient(options: ClientOptions): Client {
  const { ask, reconnect } = workerLink(options);
  const source = new SessionSource();
  const restore = restoring(options);
  const key = keyOf(options);
  const callApi = apiFetch(options, ask);
  let started: Promise<Session> | undefined;

  async function look(error?: SignInError): Promise<Session> {
    const found = await ask("session", undefined);
    return source.set(found ? { ...found, error } : { status: "signed-out", error });
  }

  async function goTo({ returnTo = location.href, ...request }: SignInRequest): Promise<void> {
    location.assign(await ask("begin", { ...request, returnTo }));
  }

  async function begun(): Promise<Session> {
    const answer = callbackAnswer(options);
    if (answer) return await finished(answer);
    const session = await look();
    if (session.status === "signed-in") restore.remember();
    else if (restore.isDue()) {
      await goTo({ prompt: "none" }).catch((thrown) => {
        restore.stayed();
        throw thrown;
      });
      return source.set({ status: "starting" });
    }
    return session;
  }

  /** An answer that is none of ours changes nothing for whoever is signed in. */
  function refused(thrown: SignInError): { returnTo?: never; session?: never; error: SignInError } {
    if (thrown.code !== "callback") throw thrown;
    return { error: thrown };
  }

  async function finished(answer: Readonly<Record<string, string>>): Promise<Session> {
    const { returnTo, session, error } = await ask("finish", answer).catch(refused);
    if (returnTo === undefined) return await look(error && revived(error));
    (options.onReturn ?? returnByHistory)(ownPath(returnTo, location.origin));
    if (!session) {
      // Nobody is signed in at the issuer: the next start need not ask again.
      if (error?.code === "denied") restore.forget();
      return await look(error && quiet(revived(error)));
    }
    restore.remember();
    return source.set(session satisfies SignedIn);
  }

  /**
   * A silent question that was answered with no is no error of anybody's: login_required, consent_required and their like.
   * OpenID Connect Core §3.1.2.6
   */
  function quiet(error: SignInError): SignInError | undefined {
    return restore.wasAsked() && /_required$/.test(error.oauthError ?? "") ? undefined : error;
  }

  let tabs: BroadcastChannel | undefined;
  function listen(): void {
    tabs = new BroadcastChannel(news);
    tabs.onmessage = ({ data }) => {
      if (data === key && started) look().then(forgotten).catch(failed);
    };
  }
  listen();
  function forgotten({ status }: Session): void {
    if (status === "signed-out") restore.forget();
  }
  // News would end a page in the back-forward cache. It hears none there, and looks when it comes back.
  addEventListener("pagehide", () => tabs?.close());
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    listen();
    reconnect();
    if (started) look().catch(failed);
  });

  function failed(thrown: unknown): Session {
    const error =
      thrown instanceof SignInError ? thrown : new SignInError("worker", String(thrown), { cause: thrown });
    return source.set({ status: "signed-out", error });
  }

  return {
    session: source.session,
    subscribe: source.subscribe,
    start() {
      started ??= begun().catch(failed);
      return started;
    },
    // What it knows is named, since an event of a button is handed to it as well.
    signIn({ stepUp, scopes = [], acrValues, maxAge, prompt, loginHint, returnTo } = {}) {
      const more = stepUp?.kind === "scope" ? stepUp.scopes : [];
      return goTo({
        acrValues,
        maxAge,
        prompt,
        loginHint,
        returnTo,
        ...stepUp,
        scopes: [...scopes, ...more],
      });
    },
    async signOut({ local = false } = {}) {
      restore.forget();
      const place = await ask("signOut", options.postLogoutRedirectUri);
      source.set({ status: "signed-out" });
      // Another tab may have answered: a place, and no script.
      if (!local && place && /^https?:/.test(place)) location.assign(place);
    },
    fetch: (input, init) =>
      callApi(input, init).catch((error) => {
        // A worker that began anew knows nobody: this tab shows it as well.
        if (error?.code === "signed_out") source.set({ status: "signed-out", error });
        throw error;
      }),
  };
}
