import { type AccessLength, accessLength } from "./access-length.ts";
import { type ConsentParties, consentCautions, consentFacts, namesOf } from "./consent-client.ts";
import { type ConsentScope, consentScopes } from "./consent-scopes.ts";
import { type FormTarget, form } from "./form.ts";
import { type Frame, layout } from "./layout.ts";
import { type Markup, markup, named } from "./markup.ts";
import { actions, button } from "./parts.ts";
import { say } from "./words/say.ts";
import type { Words } from "./words/words.ts";

export interface ConsentData extends Frame, FormTarget, ConsentParties {
  /** Those of the resource and those of identity (`openid`, `email`) alike. */
  scopes: readonly ConsentScope[];
  length: AccessLength;
  /** Whether the same request will pass without this page next time. */
  remembered: boolean;
}

export function consentPage(data: ConsentData): string {
  const { client, resources, scopes, words } = data;
  const texts = words.consent;
  const asks =
    resources.length > 0 ? say(texts.wantsAccessTo, { resource: namesOf(resources) }) : texts.wantsAccess;
  const body = markup`<h1>${named(client.name)} <span class="ask">${asks}</span></h1>
${consentCautions(data)}
${consentFacts(data)}
${form(
  data,
  markup`${consentScopes(scopes, words)}
${accessLength(
  data.length,
  scopes.some(({ alreadyGranted }) => alreadyGranted),
  words,
)}
<p class="hint">${data.remembered ? texts.remembered : texts.notRemembered}</p>
${decision(words)}`,
)}`;
  return layout({ ...data, title: texts.title, body, width: "wide" });
}

/** Refuse stands first, so that Enter within a box refuses: what a form does by itself must not grant anything. */
export function decision({ consent: texts }: Words): Markup {
  return actions(
    [
      button({ label: texts.refuse, kind: "neutral", name: "decision", value: "deny" }),
      button({ label: texts.allow, name: "decision", value: "allow" }),
    ],
    { isPair: true },
  );
}
