import { z } from "zod";
import { languages } from "../../pages/words/languages.ts";
import { group, listOf } from "../group.ts";
import { text, told } from "../setting.ts";

function languageReason(value: string): string | undefined {
  const known = languages.map(({ tag }) => tag);
  return known.includes(value) ? undefined : `must be one of ${known.join(", ")}`;
}

function colorReason(value: string): string | undefined {
  return /^#[0-9a-f]{6}$/i.test(value) ? undefined : 'must be a colour such as "#3157d5", in quotes';
}

/** Where a link at the foot of a page leads: out of this server, and to nothing that a browser runs. */
function linkReason(value: string): string | undefined {
  const scheme = URL.canParse(value) ? new URL(value).protocol : "";
  return ["https:", "mailto:"].includes(scheme) ? undefined : "must be an https:// or mailto: address";
}

const color = () => text(colorReason).optional();
const name = () => text().max(80, "must have at most 80 characters");

const picture = (says: string, example: string) => told(text().optional(), says, { type: "text", example });

const ofClient = z.strictObject(
  {
    product_name: name().optional(),
    logo: text().optional(),
    accent: color(),
    accent_dark: color(),
    background: color(),
    background_dark: color(),
  },
  {
    error: () => "must be a group with product_name, logo, accent, accent_dark, background, background_dark",
  },
);

const colorOf = (says: string, example: string) => told(color(), says, { type: "text", example });

/** The usual order: English first, since operators write their scopes' sentences in it. */
const usual = ["en", ...languages.map(({ tag }) => tag).filter((tag) => tag !== "en")];

export const look = group("How the pages look and speak.", {
  logo: picture(
    "A picture in place of the name above each page: SVG, PNG, WebP or JPEG, 200 kB at most. A relative path starts at the folder of this file.",
    "./logo.svg",
  ),
  logo_dark: picture("The same for dark pages.", "./logo-dark.svg"),
  accent: colorOf(
    "The colour of buttons and links. Its contrast to white must be 4.5 to 1 (WCAG 2.2 §1.4.3).",
    '"#0b6e4f"',
  ),
  accent_dark: colorOf(
    "The same for dark pages, whose ground is #171b22; when absent, `accent` made light enough.",
    '"#7fd6b4"',
  ),
  background: colorOf("The colour around the page on a large screen.", '"#f4f1ea"'),
  background_dark: colorOf("The same for dark pages.", '"#101010"'),
  css: picture(
    "A stylesheet that is appended to ours, 100 kB at most. It may load nothing: no @import, no url() but data: pictures.",
    "./pages.css",
  ),
  languages: told(
    listOf(languageReason).min(1, "must name one language at least").default(usual),
    "The languages that are offered. Who asks for none of them gets the first.",
    { type: "list", example: "[en, de]" },
  ),
  texts: told(
    z
      .record(z.string(), z.record(z.string(), text(), { error: () => "must be a group of texts" }), {
        error: () => "must be a group for each language",
      })
      .default({}),
    "Texts of your own in the place of ours, by language and name; `valetkey` tells the names when one is wrong.",
    { type: "groups", example: "{en: {signIn.title: Come in}}" },
  ),
  links: group("Links at the foot of each page.", {
    privacy: told(text(linkReason).optional(), "Where your privacy policy is.", {
      type: "text",
      example: "https://example.com/privacy",
    }),
    terms: told(text(linkReason).optional(), "Where your terms are.", {
      type: "text",
      example: "https://example.com/terms",
    }),
    support: told(text(linkReason).optional(), "Where people get help.", {
      type: "text",
      example: "mailto:help@example.com",
    }),
  }),
  clients: told(
    z.record(z.string(), ofClient, { error: () => "must be a group for each client_id" }).default({}),
    "What differs on the sign-in and consent pages of one client, by its client_id: product_name, logo, accent, accent_dark, background, background_dark.",
    { type: "groups", example: '{my-client: {product_name: Example Notes, accent: "#7a1fa2"}}' },
  ),
});
