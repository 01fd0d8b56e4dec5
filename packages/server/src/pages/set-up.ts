import { errorPage } from "./error.ts";
import { type FormTarget, field, form, formError, formTitle } from "./form.ts";
import { type Frame, layout } from "./layout.ts";
import { isolated, markup } from "./markup.ts";

export interface SetUpData extends Frame, FormTarget {
  error?: string;
  email?: string;
  name?: string;
  /** In characters. */
  minimumPasswordLength: number;
}

/** The first administrator, made by the one-time link that the first start prints. */
export function setUpPage(data: SetUpData): string {
  const isInError = data.error !== undefined;
  const body = markup`<h1>Set up ${data.productName}</h1>
<p class="lead">Make the first administrator. The link that brought you here works once.</p>
${formError(data.error)}
${form(
  data,
  markup`${field({ name: "email", label: "Email", type: "email", autocomplete: "username", value: data.email, isInError, hasFocus: true })}
${field({ name: "name", label: "Name", type: "text", autocomplete: "name", value: data.name })}
${field({
  name: "password",
  label: "Password",
  type: "password",
  autocomplete: "new-password",
  hint: `At least ${data.minimumPasswordLength} characters. A sentence is good.`,
  minimumLength: data.minimumPasswordLength,
  isInError,
})}
<div class="actions"><button class="primary" type="submit">Make administrator</button></div>`,
)}`;
  return layout({ ...data, title: formTitle("Set up", data.error), body });
}

/** Nobody is signed in by a link: the account is made, and the next step is not in the browser. */
export function setUpDonePage(data: Frame & { account: { email: string; name: string } }): string {
  const { account, productName } = data;
  const body = markup`<h1>The first administrator is made</h1>
<p><strong>${isolated(account.name)}</strong>${account.name !== account.email && markup` <span class="host">${isolated(account.email)}</span>`} administers ${productName} from now on. The link does not work again.</p>
<p>Next, on the machine that runs it: <code>valetkey resource add</code> tells it about an MCP server or an API. Then connect an app, and sign in with this account when the app asks.</p>`;
  return layout({ ...data, title: "Set up", body });
}

/** The link was used, has expired, or never was one; which of them is not said. */
export function spentSetUpLinkPage(frame: Frame): string {
  return errorPage({
    ...frame,
    title: "This link no longer works",
    message: "A set-up link works once and for a limited time.",
    whatToDo:
      "If there is an administrator already, nothing is left to do here. If there is none, start the server again: it prints a new link.",
  });
}
