import { type FormTarget, form } from "./form.ts";
import { type Frame, layout } from "./layout.ts";
import { isolated, markup, named } from "./markup.ts";

export interface ConfirmSignOutData extends Frame, FormTarget {
  /** Who asked for the sign-out, if it is known. */
  clientName?: string;
  account: { email: string; name: string };
}

/** OpenID Connect RP-Initiated Logout §2: a sign-out that nobody proved to have asked for is asked about. */
export function confirmSignOutPage(data: ConfirmSignOutData): string {
  const body = markup`<h1>Sign out?</h1>
${data.clientName !== undefined && markup`<p><strong>${named(data.clientName)}</strong> asks to sign you out.</p>`}
<p>You are signed in to ${data.productName} as <strong class="host">${isolated(data.account.email)}</strong>.</p>
${form(
  data,
  markup`<div class="actions pair">
<button class="neutral" type="submit" name="decision" value="stay">Stay signed in</button>
<button class="primary" type="submit" name="decision" value="sign_out">Sign out</button>
</div>`,
)}`;
  return layout({ ...data, title: "Sign out?", body });
}
