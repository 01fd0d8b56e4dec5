import { type Markup, markup } from "./markup.ts";

/** What every page is given besides its own data. */
export interface Frame {
  /** The name above the page, "Valetkey" unless the operator set another. */
  productName: string;
  /** Where `stylesheet` is served, on this origin. */
  stylesheetHref: string;
}

export interface LayoutData extends Frame {
  title: string;
  body: Markup;
  /** Pages with more to read than a form are wider. */
  width?: "narrow" | "wide";
}

const keyPath =
  "M15.5 2a6.5 6.5 0 0 0-6.2 8.46L2 17.76V22h4.24v-2.5h2.5V17h2.5l2.3-2.3A6.5 6.5 0 1 0 15.5 2Zm1.75 6.5a1.75 1.75 0 1 1 0-3.5 1.75 1.75 0 0 1 0 3.5Z";

// A data address, so that no browser asks for /favicon.ico; the policy of the pages allows images from `data:`.
const icon = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="#3157d5" d="${keyPath}"/></svg>`,
)}`;

/**
 * The one frame around every page. It holds no script, no inline style and nothing from elsewhere, so that it stands
 * under `default-src 'none'; style-src 'self'; img-src 'self' data:`.
 */
export function layout({ title, productName, stylesheetHref, body, width = "narrow" }: LayoutData): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title} · ${productName}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="${icon}">
<link rel="stylesheet" href="${stylesheetHref}">
</head>
<body>
<header class="brand">
<svg class="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false"><path fill="currentColor" d="${keyPath}"/></svg>
<span class="product">${productName}</span>
</header>
<main class="card ${width}">
${body}
</main>
</body>
</html>
`.toString();
}
