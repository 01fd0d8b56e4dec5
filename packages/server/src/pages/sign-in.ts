import { type FormTarget, field, form, formError, formTitle } from "./form.ts";
import { type Frame, layout } from "./layout.ts";
import { isolated, type Markup, markup, named } from "./markup.ts";
import { actions, button } from "./parts.ts";
import { say } from "./words/say.ts";

export interface SignInData extends Frame, FormTarget {
  /** What was typed before, or what the client hinted. */
  email?: string;
  /** One sentence, the same for an unknown account and a wrong password. */
  error?: string;
  client?: { name: string; host: string };
  /** Why, where no client waits: a sentence of ours that goes on after the title. */
  purpose?: string;
  resourceName?: string;
  /** Only a development server shows them. */
  demoAccounts?: readonly DemoAccount[];
}

export interface DemoAccount {
  email: string;
  password: string;
  note: string;
}

export function signInPage(data: SignInData): string {
  const { words, email, error } = data;
  const texts = words.signIn;
  const isInError = error !== undefined;
  const hasEmail = Boolean(email);
  const body = markup`<h1>${texts.title}</h1>
${destination(data)}
${formError(error)}
${form(
  data,
  markup`${field({ name: "email", label: texts.email, type: "email", autocomplete: "username", value: email, isInError, hasFocus: !hasEmail })}
${field({ name: "password", label: texts.password, type: "password", autocomplete: "current-password", isInError, hasFocus: hasEmail })}
${actions([button({ label: texts.submit })])}`,
)}
${data.demoAccounts?.length ? demonstration(data, data.demoAccounts) : undefined}`;
  return layout({ ...data, title: formTitle(texts.title, error, words), body });
}

function destination({ client, purpose: ours, resourceName, words }: SignInData): Markup | undefined {
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
