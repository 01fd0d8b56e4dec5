/**
 * The one stylesheet, as text, so that nothing has to be copied beside the program. A brand is a change of the
 * variables at its head; every pair of text and ground there keeps WCAG AA, which its test computes.
 */
export const stylesheet = `:root {
  color-scheme: light dark;
  --ground: #f3f4f7;
  --surface: #ffffff;
  --text: #171a21;
  --muted: #565d6b;
  --line: #dde1e8;
  --control: #767e8d;
  --brand: #3157d5;
  --brand-hover: #2545b3;
  --on-brand: #ffffff;
  --neutral: #3b424f;
  --neutral-hover: #272c36;
  --on-neutral: #ffffff;
  --quiet: #eef0f4;
  --low: #17603a;
  --low-ground: #e2f4e9;
  --medium: #744600;
  --medium-ground: #fdefcf;
  --high: #9c1c1c;
  --high-ground: #fde7e5;
  --radius: 0.625rem;
  --font: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}

@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0e1116;
    --surface: #171b22;
    --text: #eceff4;
    --muted: #a7afbd;
    --line: #2b313c;
    --control: #7a8393;
    --brand: #8fadff;
    --brand-hover: #b0c6ff;
    --on-brand: #0b1533;
    --neutral: #cdd3dd;
    --neutral-hover: #e6eaf0;
    --on-neutral: #171a21;
    --quiet: #20252e;
    --low: #9be0b4;
    --low-ground: #12301f;
    --medium: #f3cf82;
    --medium-ground: #382908;
    --high: #ffb8b0;
    --high-ground: #451512;
  }
}

*, *::before, *::after { box-sizing: border-box; }

/* What the script alone can show stays away without it, however the element is laid out. */
[hidden] { display: none !important; }

html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }

body {
  margin: 0;
  min-height: 100vh;
  min-height: 100svh;
  background: var(--surface);
  color: var(--text);
  font: 1rem/1.5 var(--font);
  overflow-wrap: anywhere;
}

h1, h2, h3, p, dl, dd, ul, pre, figure, fieldset { margin: 0; padding: 0; }
h1 { font-size: 1.5rem; line-height: 1.25; letter-spacing: -0.01em; font-weight: 650; text-wrap: balance; }
h2 { font-size: 1.0625rem; line-height: 1.35; font-weight: 650; }
h3 { font-size: 1rem; line-height: 1.35; font-weight: 650; }
ul { list-style: none; }
fieldset { border: 0; min-width: 0; }
code, pre { font-family: var(--mono); font-size: 0.875em; }
/* WCAG 2.2 §2.5.8: a link that stands alone on its line is a target of 24 pixels, and no line moves for it. */
a { color: var(--brand); text-underline-offset: 0.15em; padding-block: 0.125rem; }
a:hover { color: var(--brand-hover); }

:focus-visible { outline: 3px solid var(--brand); outline-offset: 2px; border-radius: 4px; }

.brand { display: flex; align-items: center; gap: 0.5rem; padding: 1.25rem 1.25rem 0; font-weight: 650; }
.mark { flex: none; color: var(--brand); }
.product { min-width: 0; max-height: 3em; overflow: hidden; }

.card { padding: 1.5rem 1.25rem 2rem; }
.card, section, form { display: grid; gap: 1.25rem; grid-template-columns: minmax(0, 1fr); }
section { gap: 0.75rem; }

/* A stranger's name may be long, a host decides: the one is cut, the other never. */
.name {
  display: -webkit-inline-box;
  max-width: 100%;
  vertical-align: bottom;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 3;
  line-clamp: 3;
  overflow: hidden;
  /* A name that runs the other way than the page still begins where its lines do. */
  text-align: match-parent;
}
p .name, .facts .name { -webkit-line-clamp: 2; line-clamp: 2; }
.ask { display: block; color: var(--muted); font-size: 1.0625rem; font-weight: 500; letter-spacing: 0; margin-top: 0.25rem; }
.host { overflow-wrap: anywhere; }
.lead, .hint { color: var(--muted); }
.lead strong { color: var(--text); }
p.host { font-size: 0.875rem; }
.hint { font-size: 0.875rem; }
.strength meter { display: block; width: 100%; }
.strength meter[hidden] { display: none; }

.alert, .caution { border-radius: var(--radius); padding: 0.75rem 1rem; font-size: 0.9375rem; }
.alert { background: var(--high-ground); color: var(--high); border-inline-start: 4px solid var(--high); }
.caution { background: var(--medium-ground); color: var(--medium); border-inline-start: 4px solid var(--medium); display: grid; gap: 0.5rem; }

.field { display: grid; gap: 0.375rem; }
.field label { font-weight: 550; }
.field input, .field select {
  width: 100%;
  min-height: 3rem;
  padding: 0.625rem 0.875rem;
  border: 1px solid var(--control);
  border-radius: var(--radius);
  background: var(--surface);
  color: inherit;
  font: inherit;
}
.field .code { font-family: var(--mono); font-size: 1.375rem; letter-spacing: 0.125em; text-transform: uppercase; }
.field input[readonly] { background: var(--quiet); }
.field input[aria-invalid] { border-color: var(--high); }
.field input:focus-visible, .field select:focus-visible { outline-offset: 0; border-radius: var(--radius); }

.actions { display: grid; gap: 0.75rem; margin-top: 0.25rem; }
.pair { grid-template-columns: repeat(2, minmax(0, 1fr)); }
button, .button {
  min-height: 3rem;
  padding: 0.625rem 1rem;
  border: 1px solid transparent;
  border-radius: var(--radius);
  font: inherit;
  font-weight: 600;
  cursor: pointer;
  transition: background-color 120ms ease;
}
button:focus-visible, .button:focus-visible { border-radius: var(--radius); }
.button { display: grid; place-items: center; text-align: center; text-decoration: none; overflow-wrap: anywhere; }
.primary { background: var(--brand); color: var(--on-brand); }
.primary:hover { background: var(--brand-hover); }
.neutral { background: var(--neutral); color: var(--on-neutral); }
.neutral:hover { background: var(--neutral-hover); color: var(--on-neutral); }

.outline { min-height: 2.75rem; padding: 0.375rem 0.875rem; background: transparent; border-color: var(--control); color: var(--text); justify-self: start; }
.outline:hover { background: var(--quiet); }
.actions > .outline { min-height: 3rem; justify-self: stretch; }

.app { display: grid; gap: 0.75rem; grid-template-columns: minmax(0, 1fr); padding: 1rem; border: 1px solid var(--line); border-radius: var(--radius); }
.may { padding-inline-start: 1.125rem; list-style: disc; }
.devices { border-block: 1px solid var(--line); }
.devices li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0.75rem; align-items: center; padding: 0.75rem 0; }
.devices li + li { border-top: 1px solid var(--line); }
.notice { border-radius: var(--radius); padding: 0.75rem 1rem; background: var(--low-ground); color: var(--low); border-inline-start: 4px solid var(--low); }
summary { min-height: 2.75rem; padding: 0.625rem 0; cursor: pointer; font-weight: 550; }
details > * + * { margin-top: 0.75rem; }

.facts { border-block: 1px solid var(--line); }
.facts > div { padding: 0.75rem 0; }
.facts > div + div { border-top: 1px solid var(--line); }
.facts dt { color: var(--muted); font-size: 0.875rem; }
.facts dd > :not(.name) { display: block; width: fit-content; max-width: 100%; }
.facts strong { font-weight: 650; }

.scopes { border: 1px solid var(--line); border-radius: var(--radius); padding: 0.25rem 1rem 0.5rem; }
.scopes legend { font-weight: 650; padding: 0 0.375rem; margin-inline-start: -0.375rem; }
.scope { display: grid; grid-template-columns: auto minmax(0, 1fr); column-gap: 0.75rem; padding: 0.75rem 0; align-items: start; }
.scope + .scope { border-top: 1px solid var(--line); }
.scope input { width: 1.375rem; height: 1.375rem; margin: 0.0625rem 0 0; accent-color: var(--brand); }
.scope label { min-height: 1.5rem; }
.scope.risky { margin-inline: -1rem; padding-inline: calc(1rem - 4px) 1rem; border-inline-start: 4px solid var(--high); }
.risky label { font-weight: 650; }
p.scope { display: block; }
.scopes h2 { font-size: 1rem; padding-top: 0.5rem; }
.at { padding-top: 0.75rem; }
.at + .at { margin-top: 0.5rem; border-top: 1px solid var(--line); }
.at > p > .host { display: block; }
.more { grid-column: 2; display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 0.625rem; margin-top: 0.375rem; color: var(--muted); }
.risk { white-space: nowrap; font-size: 0.8125rem; font-weight: 600; line-height: 1.4; padding: 0.0625rem 0.5rem; border-radius: 1rem; }
.low { color: var(--low); background: var(--low-ground); }
.medium { color: var(--medium); background: var(--medium-ground); }
.high { color: var(--high); background: var(--high-ground); }
.nothing { padding: 1rem; background: var(--quiet); border-radius: var(--radius); }

.qr img { display: block; }
.recovery-codes { display: grid; gap: 0.25rem 1.5rem; grid-template-columns: repeat(auto-fill, minmax(11.5rem, 1fr)); padding: 0.75rem 1rem; background: var(--quiet); border-radius: var(--radius); }
.recovery-codes code { user-select: all; }
.user-code { padding: 1rem; background: var(--quiet); border-radius: var(--radius); font: 700 1.75rem/1.25 var(--mono); letter-spacing: 0.125em; text-align: center; }
.shown-code { font-family: var(--mono); letter-spacing: 0.0625em; }

/* The list of pages that belong together; a finger finds each. */
.pages { border-bottom: 1px solid var(--line); }
.pages ul { display: flex; flex-wrap: wrap; gap: 0 1.125rem; }
.pages a { display: block; padding: 0.625rem 0; color: var(--muted); text-decoration: none; border-bottom: 3px solid transparent; }
.pages a:hover { color: var(--text); }
.pages a[aria-current] { color: var(--text); font-weight: 600; border-color: var(--brand); }

.aside { border-top: 1px solid var(--line); padding-top: 1.25rem; }
.accounts { display: grid; gap: 0.5rem; }
.accounts li { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 11rem), 1fr)); gap: 0 1rem; padding: 0.625rem 0.875rem; background: var(--quiet); border-radius: var(--radius); }
.accounts code, .reference code { user-select: all; }
.reference code { font-size: 1em; }
.accounts .hint { grid-column: 1 / -1; }
.links { display: grid; gap: 0.375rem; }

/* A line with "or" in its middle, between the first way and the others. */
.or { display: grid; grid-template-columns: 1fr auto 1fr; align-items: center; gap: 0.75rem; color: var(--muted); font-size: 0.875rem; }
.or::before, .or::after { content: ""; border-top: 1px solid var(--line); }

.rows { border-block: 1px solid var(--line); }
.rows li { display: flex; flex-wrap: wrap; gap: 0.5rem 0.75rem; align-items: center; padding: 0.75rem 0; }
.rows li > div { flex: 1 1 12rem; min-width: 0; }
.rows li + li { border-top: 1px solid var(--line); }

.danger { background: var(--high); color: var(--surface); }
.danger:hover { background: var(--text); color: var(--surface); }
.plain { min-height: 2.75rem; padding: 0.375rem 0; background: none; color: var(--brand); font-weight: 500; text-align: start; text-decoration: underline; text-underline-offset: 0.15em; }
.plain:hover { color: var(--brand-hover); }

.logo { display: block; max-width: min(100%, 16rem); max-height: 3rem; }
.foot { display: grid; gap: 0.25rem; padding: 0 1.25rem 1.5rem; color: var(--muted); font-size: 0.875rem; }
.foot ul { display: flex; flex-wrap: wrap; gap: 0 1.25rem; }
.foot a, .foot .plain { display: inline-block; min-height: 2.25rem; padding: 0.375rem 0; color: inherit; font-size: inherit; }
.foot .plain[aria-current] { font-weight: 700; text-decoration: none; }
.languages summary { min-height: 2.25rem; padding: 0.375rem 0; font-weight: inherit; }
.languages form { gap: 0; }

.command { display: grid; gap: 0.25rem; }
.command figcaption { color: var(--muted); font-size: 0.875rem; }
.command pre { padding: 0.75rem 0.875rem; background: var(--quiet); border-radius: var(--radius); overflow-x: auto; overflow-wrap: normal; }

@media (min-width: 40rem) {
  body { background: var(--ground); padding: 2.5rem 1.5rem 3rem; }
  .brand { padding: 0 0 1rem; margin: 0 auto; justify-content: center; }
  .card { margin: 0 auto; padding: 2rem 2.25rem 2.25rem; max-width: 26rem; background: var(--surface); border: 1px solid var(--line); border-radius: 1rem; box-shadow: 0 1px 2px rgb(0 0 0 / 0.05), 0 12px 32px rgb(0 0 0 / 0.06); }
  .wide { max-width: 36rem; }
  .brand { max-width: 36rem; }
  .foot { max-width: 26rem; margin: 0.75rem auto 0; padding: 0; }
  .wide + .foot { max-width: 36rem; }
  .facts > div { display: grid; grid-template-columns: 8rem minmax(0, 1fr); gap: 1rem; }
  .facts dt { line-height: 1.5rem; }
  .facts dd { grid-column: 2; }
}

@media (prefers-reduced-motion: reduce) {
  *, *::before, *::after { transition: none !important; animation: none !important; }
}

@media (forced-colors: active) {
  .alert, .caution, .notice, .risk, .card { border: 1px solid; }
  button, .button { border-color: currentColor; }
  .pages a:not([aria-current]), .plain { border-color: Canvas; }
}

/* What is kept on paper: recovery codes, and what a page says. */
@media print {
  :root { color-scheme: light; --surface: #ffffff; --ground: #ffffff; --text: #000000; --muted: #3b424f; --quiet: #ffffff; }
  .pages, .foot, .actions, .button, details { display: none; }
  .recovery-codes { border: 1px solid; }
}
`;
