import { type Markup, markup } from "./markup.ts";
import type { Words } from "./words/words.ts";

export interface AccessLength {
  /** The first is chosen already; none where there is nothing to choose. */
  choices: readonly { value: string; label: string }[];
  /** How long it lasts by itself. */
  says: string;
}

/** How long an app is let in, as a field named `until`. */
export function accessLength(
  { choices, says }: AccessLength,
  countsForMore: boolean,
  { consent: texts }: Words,
): Markup {
  if (choices.length === 0) return markup`<p class="hint">${says}</p>`;
  return markup`<div class="field">
<label for="until">${texts.howLong}</label>
<select id="until" name="until" aria-describedby="until-hint">
${choices.map(({ value, label }) => markup`<option value="${value}">${label}</option>\n`)}</select>
<p class="hint" id="until-hint">${says}${countsForMore && markup` ${texts.lengthForAll}`}</p>
</div>`;
}
