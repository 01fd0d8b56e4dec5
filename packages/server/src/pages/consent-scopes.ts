import { isolated, type Markup, markup } from "./markup.ts";
import type { Words } from "./words/words.ts";

export interface ConsentScope {
  name: string;
  /** What the app could do, continuing "It will be able to:". */
  sentence: string;
  risk: "low" | "medium" | "high";
  /** Whether the person may untick it. One that is not optional is sent whatever the box says. */
  optional: boolean;
  checked: boolean;
  /** Allowed earlier to the same client; shown apart from what is new. */
  alreadyGranted?: boolean;
}

/** The scopes as boxes named `scope`, what is new before what was allowed earlier. */
export function consentScopes(scopes: readonly ConsentScope[], { appAccess: texts }: Words): Markup {
  const fresh = scopes.filter((scope) => !scope.alreadyGranted);
  const earlier = scopes.filter((scope) => scope.alreadyGranted);
  if (scopes.length === 0) return markup`<p class="nothing">${texts.noScopes}</p>`;
  const able = earlier.length > 0 ? texts.newlyAbleTo : texts.willBeAbleTo;
  return markup`${group("new", able, fresh, texts)}${group("earlier", texts.alreadyAllowed, earlier, texts)}`;
}

type Texts = Words["appAccess"];

function group(
  id: string,
  legend: string,
  scopes: readonly ConsentScope[],
  texts: Texts,
): Markup | undefined {
  if (scopes.length === 0) return undefined;
  return markup`<fieldset class="scopes">
<legend>${legend}</legend>
${scopes.map((scope, index) => row(`${id}-${index + 1}`, scope, texts))}</fieldset>
`;
}

// A disabled box is not submitted, so a required scope travels in a hidden field.
function row(id: string, scope: ConsentScope, texts: Texts): Markup {
  const box = scope.optional
    ? markup`<input type="checkbox" id="${id}" name="scope" value="${scope.name}"${scope.checked && markup` checked`} aria-describedby="${id}-more">`
    : markup`<input type="hidden" name="scope" value="${scope.name}"><input type="checkbox" id="${id}" name="scope" value="${scope.name}" checked disabled aria-describedby="${id}-more">`;
  return markup`<div class="scope">
${box}
<label for="${id}">${isolated(scope.sentence)}</label>
<p class="more" id="${id}-more"><span class="risk ${scope.risk}">${texts[scope.risk]}</span> ${!scope.optional && markup`<span class="hint">${texts.required}</span> `}<code>${isolated(scope.name)}</code></p>
</div>
`;
}
