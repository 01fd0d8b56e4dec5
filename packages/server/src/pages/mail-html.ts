import { type Markup, markup } from "./markup.ts";

/** A mail in its parts, each a finished text; the plain and the HTML form are both made of them. */
export interface MailParts {
  readonly lang: string;
  readonly dir: "ltr" | "rtl";
  readonly productName: string;
  readonly subject: string;
  readonly lead: string;
  readonly code: { readonly intro: string; readonly value: string; readonly warning: string } | undefined;
  readonly button: { readonly label: string; readonly href: string; readonly orOpen: string } | undefined;
  readonly lifetime: string | undefined;
  readonly closing: string;
  readonly foot: string;
}

// Programs that read mail keep little of a style sheet: what matters stands at each element. The dark colours are for
// those that keep it, and `color-scheme` keeps the others from turning the light ones about.
const style = `:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .ground { background: #0e1116 !important; }
  .card { background: #171b22 !important; color: #eceff4 !important; border-color: #2b313c !important; }
  .code { background: #20252e !important; color: #eceff4 !important; }
  .quiet, .quiet a { color: #a7afbd !important; }
}`;

const font =
  "font-family: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', Arial, sans-serif;";

/** One column, one button, no picture; in both directions of writing. */
export function mailHtml(parts: MailParts): string {
  const { lang, dir, subject, productName, lead, code, button, lifetime, closing, foot } = parts;
  return markup`<!doctype html>
<html lang="${lang}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${subject}</title>
<style>${style}</style>
</head>
<body class="ground" style="margin: 0; padding: 0; background: #f3f4f7;">
<div class="ground" lang="${lang}" dir="${dir}" style="padding: 24px 12px; background: #f3f4f7; ${font} font-size: 16px; line-height: 1.5;">
<div class="card" style="max-width: 480px; margin: 0 auto; padding: 28px 24px; background: #ffffff; color: #171a21; border: 1px solid #dde1e8; border-radius: 16px;">
<p style="margin: 0 0 20px; font-weight: 650;">${productName}</p>
<h1 style="margin: 0 0 12px; font-size: 22px; line-height: 1.25;">${subject}</h1>
<p style="margin: 0 0 20px;">${lead}</p>
${code && codeBox(code)}${button && buttonLink(button)}${lifetime !== undefined && markup`<p class="quiet" style="${quiet} margin: 0 0 12px;">${lifetime}</p>\n`}<p class="quiet" style="${quiet} margin: 0;">${closing}</p>
</div>
<p class="quiet" style="${quiet} max-width: 480px; margin: 16px auto 0; text-align: center;">${foot}</p>
</div>
</body>
</html>
`.toString();
}

const quiet = "font-size: 14px; color: #565d6b;";

// Digits run from left to right in every language.
function codeBox({ intro, value, warning }: NonNullable<MailParts["code"]>): Markup {
  return markup`<p style="margin: 0 0 8px;">${intro}</p>
<p class="code" dir="ltr" style="margin: 0 0 8px; padding: 14px; background: #eef0f4; border-radius: 10px; font: 700 28px/1.25 ui-monospace, Menlo, Consolas, monospace; letter-spacing: 4px; text-align: center;">${value}</p>
<p class="quiet" style="${quiet} margin: 0 0 20px;">${warning}</p>
`;
}

function buttonLink({ label, href, orOpen }: NonNullable<MailParts["button"]>): Markup {
  return markup`<p style="margin: 0 0 16px;"><a href="${href}" style="display: block; padding: 13px 16px; background: #3157d5; color: #ffffff; border-radius: 10px; font-weight: 600; text-align: center; text-decoration: none;">${label}</a></p>
<p class="quiet" style="${quiet} margin: 0 0 20px;">${orOpen}<br><a href="${href}" dir="ltr" style="color: #565d6b; overflow-wrap: anywhere; word-break: break-all;">${href}</a></p>
`;
}
