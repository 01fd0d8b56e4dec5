import { type FormTarget, field, form, formError, formTitle } from "./form.ts";
import { type Frame, layout } from "./layout.ts";
import { isolated, type Markup, markup, named } from "./markup.ts";

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
  const isInError = data.error !== undefined;
  const hasEmail = Boolean(data.email);
  const body = markup`<h1>Sign in</h1>
${destination(data)}
${formError(data.error)}
${form(
  data,
  markup`${field({ name: "email", label: "Email", type: "email", autocomplete: "username", value: data.email, isInError, hasFocus: !hasEmail })}
${field({ name: "password", label: "Password", type: "password", autocomplete: "current-password", isInError, hasFocus: hasEmail })}
<div class="actions"><button class="primary" type="submit">Sign in</button></div>`,
)}
${data.demoAccounts?.length ? demonstration(data.demoAccounts) : undefined}`;
  return layout({ ...data, title: formTitle("Sign in", data.error), body });
}

function destination({ client, purpose: ours, resourceName }: SignInData): Markup | undefined {
  if (!client) return ours === undefined ? undefined : markup`<p class="lead">${ours}</p>`;
  const purpose = resourceName
    ? markup`to let <strong>${named(client.name)}</strong> use <strong>${named(resourceName)}</strong>`
    : markup`to continue to <strong>${named(client.name)}</strong>`;
  return markup`<div class="lead">
<p>${purpose}</p>
<p class="host">${isolated(client.host)}</p>
</div>`;
}

function demonstration(accounts: readonly DemoAccount[]): Markup {
  return markup`<section class="aside" aria-labelledby="demonstration">
<h2 id="demonstration">Demonstration accounts</h2>
<p class="hint">Shown because this is a development server.</p>
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
