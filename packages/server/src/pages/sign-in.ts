import { type FormTarget, field, form, formError, formTitle } from "./form.ts";
import { type Frame, layout } from "./layout.ts";
import { isolated, type Markup, markup, named } from "./markup.ts";
import { actions, alternatives, button } from "./parts.ts";
import { type PasskeyPart, passkeyPart } from "./passkey-part.ts";
import { say, tell } from "./words/say.ts";

export interface SignInData extends Frame, FormTarget {
  /** What was typed before, or what the client hinted. */
  email?: string;
  /** One sentence, the same for an unknown account and a wrong password. */
  error?: string;
  client?: { name: string; host: string };
  /** Why, where no client waits: a sentence of ours that goes on after the title. */
  purpose?: string;
  resourceName?: string;
  /** What is offered. */
  ways: SignInWays;
  /** Only a development server shows them. */
  demoAccounts?: readonly DemoAccount[];
}

export interface SignInWays {
  password: boolean;
  /** A code by mail. */
  mail: boolean;
  passkey?: PasskeyPart | undefined;
  upstreams: readonly { id: string; name: string }[];
  /** Where there are more than those that are shown. */
  otherWaysHref?: string | undefined;
  /** Where somebody without an account, or without their password, goes. */
  signUpHref?: string | undefined;
  resetHref?: string | undefined;
}

export interface DemoAccount {
  email: string;
  password: string;
  note: string;
}

/** Where a sign-in begins: what a person has, in the order in which it is good for them. */
export function signInPage(data: SignInData): string {
  const { words, error, ways } = data;
  const texts = words.signIn;
  const body = markup`<h1>${texts.title}</h1>
${destination(data)}
${formError(error)}
${ways.passkey && passkeyPart({ ...data, ...ways.passkey, button: words.steps.withPasskey, isOffered: true })}
${ways.passkey && isAlone(ways) && markup`<p class="hint">${words.security.needsScript}</p>`}
${(ways.password || ways.mail) && typed(data)}
${elsewhere(data)}
${links(data)}
${data.demoAccounts?.length ? demonstration(data, data.demoAccounts) : undefined}`;
  return layout({ ...data, title: formTitle(texts.title, error, words), body });
}

function isAlone({ password, mail, upstreams, otherWaysHref }: SignInWays): boolean {
  return !password && !mail && upstreams.length === 0 && otherWaysHref === undefined;
}

function typed(data: SignInData): Markup {
  const { words, email, error, ways } = data;
  const isInError = error !== undefined;
  const hasEmail = Boolean(email);
  const autocomplete = ways.passkey ? "username webauthn" : "username";
  const address = { name: "email", label: words.signIn.email, type: "email", value: email } as const;
  const mail = button({
    label: words.steps.mailCode,
    kind: ways.password ? "outline" : "primary",
    name: "action",
    value: "email",
    skipsChecks: true,
  });
  if (!ways.password)
    return form(
      data,
      markup`${field({ ...address, autocomplete, isInError, hasFocus: !hasEmail })}
${actions([mail])}`,
    );
  return form(
    data,
    markup`${field({ ...address, autocomplete, isInError, hasFocus: !hasEmail })}
${field({ name: "password", label: words.signIn.password, type: "password", autocomplete: "current-password", isInError, hasFocus: hasEmail })}
${actions([button({ label: words.signIn.submit }), ...(ways.mail ? [mail] : [])])}`,
  );
}

function elsewhere(data: SignInData): Markup | undefined {
  const { words, ways, hidden } = data;
  if (ways.upstreams.length === 0) return undefined;
  const buttons = ways.upstreams.map(({ id, name }) =>
    button({
      label: tell(words.steps.continueWith, { upstream: name }),
      kind: "outline",
      name: "upstream",
      value: id,
    }),
  );
  const target = { ...data, hidden: { ...hidden, action: "upstream" } };
  return form(target, markup`${alternatives(words.frame.or, buttons)}`);
}

function links({ words, ways }: SignInData): Markup | undefined {
  const all = [
    { href: ways.otherWaysHref, label: words.steps.otherWays },
    { href: ways.resetHref, label: words.steps.forgot },
    { href: ways.signUpHref, label: words.steps.signUp },
  ].filter(({ href }) => href !== undefined);
  if (all.length === 0) return undefined;
  return markup`<ul class="links">
${all.map(({ href, label }) => markup`<li><a href="${href}">${label}</a></li>\n`)}</ul>`;
}

/** For whom or what it is that they sign in. */
export function destination({
  client,
  purpose: ours,
  resourceName,
  words,
}: Pick<SignInData, "client" | "purpose" | "resourceName" | "words">): Markup | undefined {
  if (!client) return ours === undefined ? undefined : markup`<p class="lead">${ours}</p>`;
  const name = named(client.name);
  const purpose = resourceName
    ? say(words.signIn.toLet, { client: name, resource: named(resourceName) })
    : say(words.signIn.toContinue, { client: name });
  return markup`<div class="lead">
<p>${purpose}</p>
<p class="host">${isolated(client.host)}</p>
</div>`;
}

function demonstration({ words }: SignInData, accounts: readonly DemoAccount[]): Markup {
  return markup`<section class="aside" aria-labelledby="demonstration">
<h2 id="demonstration">${words.signIn.demonstration}</h2>
<p class="hint">${words.signIn.demonstrationHint}</p>
<ul class="accounts">
${accounts.map(
  ({ email, password, note }) => markup`<li>
<code>${email}</code>
<code>${password}</code>
<span class="hint">${note}</span>
</li>
`,
)}</ul>
</section>`;
}
