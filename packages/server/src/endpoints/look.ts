import { createHash } from "node:crypto";
import type { Frame } from "../pages/layout.ts";
import { colorRules } from "../pages/look/colors.ts";
import { stylesheet } from "../pages/stylesheet.ts";
import { type Language, languages } from "../pages/words/languages.ts";
import { replaced } from "../pages/words/replaced.ts";
import type { ClientLook, Colors, Picture, Settings } from "../ports/settings.ts";

/** What differs between the pages of clients. */
export type Brand = Pick<Frame, "productName" | "stylesheetHref" | "logo">;

/** How the pages look and speak, made ready once. */
export interface Look {
  /** Those that are offered, with the operator's texts; the first where nothing fits. */
  readonly languages: readonly Language[];
  readonly links: NonNullable<Frame["links"]>;
  /** That of a client, or of the server where the client has none of its own. */
  brandOf(clientId: string | undefined): Brand;
  /** What is served, by the name that its URL carries: a change of the content is a change of the URL. */
  readonly stylesheets: ReadonlyMap<string, string>;
  readonly pictures: ReadonlyMap<string, Picture>;
  /** The stylesheet of the server, for who asks for none by name. */
  readonly stylesheet: string;
}

export function lookOf({ look, productName }: Settings, basePath: string): Look {
  const stylesheets = new Map<string, string>();
  const pictures = new Map<string, Picture>();
  const usual = brand({ productName, logo: look.logo, logoDark: look.logoDark, colors: look.colors });
  const clients = new Map(
    Object.entries(look.clients).map(([id, client]) => [id, brand(withUsual(client, productName, look))]),
  );
  const chosen = look.languages.flatMap((tag) => languages.filter((one) => one.tag === tag));
  return {
    languages: chosen.map((one) => withTexts(one, look.texts[one.tag] ?? {})),
    links: Object.fromEntries(Object.entries(look.links).filter(([, href]) => href !== null)),
    brandOf: (clientId) => (clientId === undefined ? undefined : clients.get(clientId)) ?? usual,
    stylesheets,
    pictures,
    stylesheet: sheetOf(look.colors),
  };

  function sheetOf(colors: Colors): string {
    return `${stylesheet}${colorRules(colors)}${look.css}`;
  }

  function brand(given: Given): Brand {
    const sheet = sheetOf(given.colors);
    const name = nameOf(sheet);
    stylesheets.set(name, sheet);
    const logo = pictureHref(given.logo);
    const darkHref = pictureHref(given.logoDark);
    return {
      productName: given.productName,
      stylesheetHref: `${basePath}/style.css?v=${name}`,
      ...(logo !== undefined && { logo: { href: logo, ...(darkHref !== undefined && { darkHref }) } }),
    };
  }

  function pictureHref(picture: Picture | null): string | undefined {
    if (picture === null) return undefined;
    const name = nameOf(picture.bytes);
    pictures.set(name, picture);
    return `${basePath}/logo?v=${name}`;
  }
}

/** The words stay unread until a page asks for them. */
function withTexts(language: Language, texts: Readonly<Record<string, string>>): Language {
  const { tag, name, dir } = language;
  let words: Language["words"] | undefined;
  return {
    ...{ tag, name, dir },
    get words() {
      words ??= replaced(language.words, texts);
      return words;
    },
  };
}

interface Given {
  readonly productName: string;
  readonly logo: Picture | null;
  readonly logoDark: Picture | null;
  readonly colors: Colors;
}

/** A client with a logo of its own has no use for the server's dark one, one with a name of its own not for its logo. */
function withUsual(client: ClientLook, productName: string, look: Settings["look"]): Given {
  const keepsLogo = client.logo === null && client.productName === null;
  const { accent, accentDark, background, backgroundDark } = client.colors;
  return {
    productName: client.productName ?? productName,
    logo: client.logo ?? (keepsLogo ? look.logo : null),
    logoDark: keepsLogo ? look.logoDark : null,
    colors: {
      accent: accent ?? look.colors.accent,
      accentDark: accentDark ?? (accent === null ? look.colors.accentDark : null),
      background: background ?? look.colors.background,
      backgroundDark: backgroundDark ?? look.colors.backgroundDark,
    },
  };
}

function nameOf(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("base64url").slice(0, 16);
}
