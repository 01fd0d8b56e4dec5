import { type ConsentParties, consentCautions, consentFacts } from "./consent-client.ts";
import { type ConsentScope, consentScopes } from "./consent-scopes.ts";
import { type FormTarget, form } from "./form.ts";
import { type Frame, layout } from "./layout.ts";
import { markup, named } from "./markup.ts";

export interface ConsentData extends Frame, FormTarget, ConsentParties {
  /** Those of the resource and those of identity (`openid`, `email`) alike. */
  scopes: readonly ConsentScope[];
  /** Whether the same request will pass without this page next time. */
  remembered: boolean;
}

export function consentPage(data: ConsentData): string {
  const { client, resource } = data;
  // Refuse stands first, so that Enter within a box refuses: what a form does by itself must not grant anything.
  const body = markup`<h1>${named(client.name)} <span class="ask">wants access${resource && markup` to ${named(resource.name)}`}</span></h1>
${consentCautions(data)}
${consentFacts(data)}
${form(
  data,
  markup`${consentScopes(data.scopes)}
<p class="hint">${
    data.remembered
      ? "If you allow this, you are not asked again for the same access."
      : "Your answer is not remembered: you are asked again next time."
  }</p>
<div class="actions pair">
<button class="neutral" type="submit" name="decision" value="deny">Refuse</button>
<button class="primary" type="submit" name="decision" value="allow">Allow</button>
</div>`,
)}`;
  return layout({ ...data, title: "Allow access?", body, width: "wide" });
}
