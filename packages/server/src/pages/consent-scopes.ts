import { isolated, type Markup, markup } from "./markup.ts";

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
export function consentScopes(scopes: readonly ConsentScope[]): Markup {
  const fresh = scopes.filter((scope) => !scope.alreadyGranted);
  const earlier = scopes.filter((scope) => scope.alreadyGranted);
  if (scopes.length === 0)
    return markup`<p class="nothing">It asks for no permission beyond knowing that you signed in.</p>`;
  return markup`${group("new", earlier.length ? "New: it will also be able to" : "It will be able to", fresh)}${group("earlier", "You already allow", earlier)}`;
}

function group(id: string, legend: string, scopes: readonly ConsentScope[]): Markup | undefined {
  if (scopes.length === 0) return undefined;
  return markup`<fieldset class="scopes">
<legend>${legend}</legend>
${scopes.map((scope, index) => row(`${id}-${index + 1}`, scope))}</fieldset>
`;
}

// A disabled box is not submitted, so a required scope travels in a hidden field.
function row(id: string, scope: ConsentScope): Markup {
  const box = scope.optional
    ? markup`<input type="checkbox" id="${id}" name="scope" value="${scope.name}"${scope.checked && markup` checked`} aria-describedby="${id}-more">`
    : markup`<input type="hidden" name="scope" value="${scope.name}"><input type="checkbox" id="${id}" name="scope" value="${scope.name}" checked disabled aria-describedby="${id}-more">`;
  return markup`<div class="scope">
${box}
<label for="${id}">${isolated(scope.sentence)}</label>
<p class="more" id="${id}-more"><span class="risk ${scope.risk}">${risks[scope.risk]}</span> ${!scope.optional && markup`<span class="hint">Required</span> `}<code>${isolated(scope.name)}</code></p>
</div>
`;
}

const risks = { low: "Low risk", medium: "Medium risk", high: "High risk" } as const;
