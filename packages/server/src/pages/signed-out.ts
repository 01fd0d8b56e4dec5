import { type Frame, layout } from "./layout.ts";
import { markup } from "./markup.ts";
import { say } from "./words/say.ts";

export interface SignedOutData extends Frame {
  signInHref?: string;
}

export function signedOutPage(data: SignedOutData): string {
  const texts = data.words.signOut;
  const body = markup`<h1>${texts.doneHeading}</h1>
<p>${say(texts.done, { product: data.productName })}</p>
${data.signInHref && markup`<p><a href="${data.signInHref}">${texts.signInAgain}</a></p>`}`;
  return layout({ ...data, title: texts.doneTitle, body });
}
