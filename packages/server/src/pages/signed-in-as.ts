import type { Frame } from "./layout.ts";
import { isolated, type Markup, markup } from "./markup.ts";
import { say } from "./words/say.ts";

interface SignedInAs extends Frame {
  account: { email: string };
  switchAccountHref: string;
}

/** For whom this page is, and the way to somebody else's. */
export function signedInAs({ words, account, switchAccountHref }: SignedInAs): Markup {
  return markup`${say(words.frame.signedInAs, { email: address(account.email) })} <a href="${switchAccountHref}">${words.frame.useAnotherAccount}</a>`;
}

/** An address within a sentence: shown whole, however long. */
export function address(text: string): Markup {
  return markup`<span class="host">${isolated(text)}</span>`;
}
