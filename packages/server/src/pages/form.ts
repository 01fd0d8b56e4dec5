import { type Markup, markup } from "./markup.ts";
import { tell } from "./words/say.ts";
import type { Words } from "./words/words.ts";

/** Where a form goes and what it carries unseen. */
export interface FormTarget {
  /** A path on this origin. */
  action: string;
  /** Against cross-site request forgery; travels as `form_token`. */
  formToken: string;
  /** Further fields, by name. */
  hidden: Record<string, string>;
}

export interface FieldData {
  name: string;
  /** Where another field of the page has the name: the name when not given. */
  id?: string;
  label: string;
  type: "email" | "password" | "text";
  /** WCAG 2.2 §1.3.5: what the browser may fill in; "one-time-code", "username webauthn" ... */
  autocomplete: string;
  value?: string | undefined;
  hint?: string | undefined;
  minimumLength?: number | undefined;
  /** Of capital letters that spell no word. */
  isCode?: boolean;
  /** Of digits: a phone shows those keys alone. */
  isNumber?: boolean;
  /** Where it may stay empty. */
  isOptional?: boolean;
  hasFocus?: boolean;
  /** Shown, and for the browser to keep with the password, but not to be changed. */
  isFixed?: boolean;
  /** Ties the field to the form's error, so that it is read when the field takes the focus. */
  isInError?: boolean;
}

export function form(target: FormTarget, content: Markup): Markup {
  const hidden = Object.entries({ ...target.hidden, form_token: target.formToken });
  return markup`<form method="post" action="${target.action}">
${hidden.map(([name, value]) => markup`<input type="hidden" name="${name}" value="${value}">\n`)}${content}
</form>`;
}

export function field(data: FieldData): Markup {
  const { id = data.name } = data;
  const described = [data.isInError && "error", data.hint && `${id}-hint`].filter(Boolean).join(" ");
  return markup`<div class="field">
<label for="${id}">${data.label}</label>
${data.hint && markup`<p class="hint" id="${id}-hint">${data.hint}</p>\n`}<input id="${id}" name="${data.name}" type="${data.type}" autocomplete="${data.autocomplete}"${!data.isOptional && markup` required`}${attributes(data, described)}>
</div>`;
}

/** For a code of digits that was mailed or that an authenticator shows: phones offer it from the message. */
export function codeField(
  data: Pick<FieldData, "label" | "hint" | "isInError" | "value" | "hasFocus"> & { name?: string },
): Markup {
  const { name = "code", hasFocus = true, ...rest } = data;
  return field({
    ...rest,
    name,
    type: "text",
    autocomplete: "one-time-code",
    isNumber: true,
    isCode: true,
    hasFocus,
  });
}

/** The sentence that says why the form came back. */
export function formError(error: string | undefined): Markup | undefined {
  return error === undefined ? undefined : markup`<p class="alert" id="error" role="alert">${error}</p>`;
}

/** A page that came back with an error says so first, where a screen reader begins. */
export function formTitle(title: string, error: string | undefined, words: Words): string {
  return error === undefined ? title : tell(words.frame.errorTitle, { title });
}

function attributes(data: FieldData, described: string): Markup[] {
  const isLatin = data.type === "email" || data.isCode || data.isNumber;
  return [
    ...(data.value ? [markup` value="${data.value}"`] : []),
    ...(data.minimumLength ? [markup` minlength="${data.minimumLength}"`] : []),
    ...(data.type === "email" ? [markup` autocapitalize="none" spellcheck="false"`] : []),
    ...(data.isCode ? [markup` class="code" autocapitalize="characters" spellcheck="false"`] : []),
    ...(data.isNumber ? [markup` inputmode="numeric"`] : []),
    // Addresses and codes run from left to right in every language.
    ...(isLatin ? [markup` dir="ltr"`] : []),
    ...(described ? [markup` aria-describedby="${described}"`] : []),
    ...(data.isInError ? [markup` aria-invalid="true"`] : []),
    ...(data.isFixed ? [markup` readonly`] : []),
    ...(data.hasFocus ? [markup` autofocus`] : []),
  ];
}
