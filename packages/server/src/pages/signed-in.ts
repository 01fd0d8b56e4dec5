import { type Frame, layout } from "./layout.ts";
import { isolated, markup } from "./markup.ts";

export interface SignedInData extends Frame {
  account: { email: string; name: string };
  signOutHref?: string;
}

/** Where a sign-in ends that no app asked for. */
export function signedInPage(data: SignedInData): string {
  const { account, signOutHref } = data;
  const body = markup`<h1>You are signed in</h1>
<p>as <strong>${isolated(account.name || account.email)}</strong>${account.name && markup` <span class="host">${isolated(account.email)}</span>`}.</p>
<p>No app is waiting for you here. Go back to the one that you came from and connect it again, or close this page.</p>
${signOutHref && markup`<p><a href="${signOutHref}">Sign out</a></p>`}`;
  return layout({ ...data, title: "Signed in", body });
}
