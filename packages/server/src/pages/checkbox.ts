import { type Markup, markup } from "./markup.ts";

export interface CheckboxData {
  name: string;
  label: string;
  hint: string;
  isTicked: boolean;
}

/** A choice that the person makes beside what they fill in; sent as "on". */
export function checkbox({ name, label, hint, isTicked }: CheckboxData): Markup {
  return markup`<div class="scope">
<input type="checkbox" id="${name}" name="${name}" value="on"${isTicked && markup` checked`} aria-describedby="${name}-more">
<label for="${name}">${label}</label>
<p class="more" id="${name}-more">${hint}</p>
</div>`;
}
