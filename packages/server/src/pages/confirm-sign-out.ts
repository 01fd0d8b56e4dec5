import { type FormTarget, form } from "./form.ts";
import { type Frame, layout } from "./layout.ts";
import { markup, named } from "./markup.ts";
import { actions, button } from "./parts.ts";
import { address } from "./signed-in-as.ts";
import { say } from "./words/say.ts";

export interface ConfirmSignOutData extends Frame, FormTarget {
  /** Who asked for the sign-out, if it is known. */
  clientName?: string;
  account: { email: string; name: string };
}

/** OpenID Connect RP-Initiated Logout §2: a sign-out that nobody proved to have asked for is asked about. */
export function confirmSignOutPage(data: ConfirmSignOutData): string {
  const { clientName, account, productName: product } = data;
  const texts = data.words.signOut;
  const body = markup`<h1>${texts.title}</h1>
${clientName !== undefined && markup`<p>${say(texts.clientAsks, { client: named(clientName) })}</p>`}
<p>${say(texts.signedIn, { product, email: address(account.email) })}</p>
${form(
  data,
  actions(
    [
      button({ label: texts.stay, kind: "neutral", name: "decision", value: "stay" }),
      button({ label: texts.submit, name: "decision", value: "sign_out" }),
    ],
    { isPair: true },
  ),
)}`;
  return layout({ ...data, title: texts.title, body });
}
