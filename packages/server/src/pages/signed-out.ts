import { type Frame, layout } from "./layout.ts";
import { markup } from "./markup.ts";

export interface SignedOutData extends Frame {
  signInHref?: string;
}

export function signedOutPage(data: SignedOutData): string {
  const body = markup`<h1>You are signed out</h1>
<p>This browser is signed out of ${data.productName}. Apps that you allowed keep their access until it is ended or expires.</p>
${data.signInHref && markup`<p><a href="${data.signInHref}">Sign in again</a></p>`}`;
  return layout({ ...data, title: "Signed out", body });
}
