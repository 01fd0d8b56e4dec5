import { type Markup, markup } from "./markup.ts";

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
  label: string;
  type: "email" | "password" | "text";
  autocomplete: string;
  value?: string | undefined;
  hint?: string | undefined;
  minimumLength?: number | undefined;
  /** Of capital letters that spell no word. */
  isCode?: boolean;
  hasFocus?: boolean;
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
  const described = [data.isInError && "error", data.hint && `${data.name}-hint`].filter(Boolean).join(" ");
  return markup`<div class="field">
<label for="${data.name}">${data.label}</label>
${data.hint && markup`<p class="hint" id="${data.name}-hint">${data.hint}</p>\n`}<input id="${data.name}" name="${data.name}" type="${data.type}" autocomplete="${data.autocomplete}" required${attributes(data, described)}>
</div>`;
}

/** The sentence that says why the form came back. */
export function formError(error: string | undefined): Markup | undefined {
  return error === undefined ? undefined : markup`<p class="alert" id="error" role="alert">${error}</p>`;
}

/** A page that came back with an error says so first, where a screen reader begins. */
export function formTitle(title: string, error: string | undefined): string {
  return error === undefined ? title : `Error: ${title}`;
}

function attributes(data: FieldData, described: string): Markup[] {
  return [
    ...(data.value ? [markup` value="${data.value}"`] : []),
    ...(data.minimumLength ? [markup` minlength="${data.minimumLength}"`] : []),
    ...(data.type === "email" ? [markup` autocapitalize="none" spellcheck="false"`] : []),
    ...(data.isCode ? [markup` class="code" autocapitalize="characters" spellcheck="false"`] : []),
    ...(described ? [markup` aria-describedby="${described}"`] : []),
    ...(data.isInError ? [markup` aria-invalid="true"`] : []),
    ...(data.hasFocus ? [markup` autofocus`] : []),
  ];
}
