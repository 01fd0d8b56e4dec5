import { isolated, type Markup, markup, named } from "./markup.ts";
import type { Words } from "./words/words.ts";

export interface ConsentScope {
  /** The value of its box. */
  name: string;
  /** What the app could do, continuing "It will be able to:". */
  sentence: string;
  risk: Risk;
  /** Where it counts. */
  at: ConsentResource;
  /** Whether the person may untick it. One that is not optional is sent whatever the box says. */
  optional: boolean;
  checked: boolean;
  /** Allowed earlier to the same client: shown, and not asked. */
  alreadyGranted?: boolean;
}

type Risk = "low" | "medium" | "high";

export interface ConsentResource {
  name: string;
  /** Its address; absent for what the person lets the app know of themselves. */
  identifier?: string;
}

/** What is new as boxes named `scope`, by resource; below it what was allowed earlier, as a list. */
export function consentScopes(scopes: readonly ConsentScope[], { appAccess: texts }: Words): Markup {
  if (scopes.length === 0) return markup`<p class="nothing">${texts.noScopes}</p>`;
  const fresh = scopes.filter((scope) => !scope.alreadyGranted);
  const earlier = scopes.filter((scope) => scope.alreadyGranted);
  const isSplit = byResource(scopes).length > 1;
  return markup`${asked(fresh, earlier.length > 0 ? texts.newlyAbleTo : texts.willBeAbleTo, isSplit, texts)}${allowed(earlier, isSplit, texts)}`;
}

type Texts = Words["appAccess"];

function asked(
  scopes: readonly ConsentScope[],
  legend: string,
  isSplit: boolean,
  texts: Texts,
): Markup | undefined {
  if (scopes.length === 0) return undefined;
  let count = 0;
  return markup`<fieldset class="scopes">
<legend>${legend}</legend>
${scopes.some(({ optional }) => optional) && markup`<p class="hint">${texts.untick}</p>\n`}${grouped(scopes, "new", isSplit, (scope) => row(`new-${++count}`, scope, texts))}</fieldset>
`;
}

function allowed(scopes: readonly ConsentScope[], isSplit: boolean, texts: Texts): Markup | undefined {
  if (scopes.length === 0) return undefined;
  return markup`<section class="scopes" aria-labelledby="earlier">
<h2 id="earlier">${texts.alreadyAllowed}</h2>
${grouped(
  scopes,
  "earlier",
  isSplit,
  ({ sentence, risk }) => markup`<p class="scope">${isolated(sentence)} ${riskOf(risk, texts)}</p>\n`,
)}</section>
`;
}

/** One group a resource, under its name; the riskiest scope of each stands first. */
function grouped(
  scopes: readonly ConsentScope[],
  id: string,
  isSplit: boolean,
  show: (scope: ConsentScope) => Markup,
): Markup[] {
  return byResource(scopes).map(([at, theirs], index) => {
    const shown = theirs.toSorted((a, b) => weight[b.risk] - weight[a.risk]).map(show);
    const { name, identifier } = at;
    if (!isSplit) return markup`${shown}`;
    return markup`<div class="at" role="group" aria-labelledby="${id}-at-${index + 1}">
<p id="${id}-at-${index + 1}"><strong>${named(name)}</strong>${identifier !== undefined && markup` <span class="hint host">${isolated(identifier)}</span>`}</p>
${shown}</div>
`;
  });
}

const weight: Readonly<Record<Risk, number>> = { low: 0, medium: 1, high: 2 };

function byResource(scopes: readonly ConsentScope[]): (readonly [ConsentResource, ConsentScope[]])[] {
  return [...Map.groupBy(scopes, ({ at }) => at.identifier ?? "").values()].flatMap((theirs) =>
    theirs[0] ? [[theirs[0].at, theirs] as const] : [],
  );
}

// A disabled box is not submitted, so a required scope travels in a hidden field.
function row(id: string, scope: ConsentScope, texts: Texts): Markup {
  const box = scope.optional
    ? markup`<input type="checkbox" id="${id}" name="scope" value="${scope.name}"${scope.checked && markup` checked`} aria-describedby="${id}-more">`
    : markup`<input type="hidden" name="scope" value="${scope.name}"><input type="checkbox" id="${id}" name="scope" value="${scope.name}" checked disabled aria-describedby="${id}-more">`;
  return markup`<div class="scope${scope.risk === "high" && markup` risky`}">
${box}
<label for="${id}">${isolated(scope.sentence)}</label>
<p class="more" id="${id}-more">${riskOf(scope.risk, texts)} ${!scope.optional && markup`<span class="hint">${texts.required}</span> `}<code>${isolated(scope.name)}</code></p>
</div>
`;
}

function riskOf(risk: Risk, texts: Texts): Markup {
  return markup`<span class="risk ${risk}">${texts[risk]}</span>`;
}
