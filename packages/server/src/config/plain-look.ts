import { languages } from "../pages/words/languages.ts";

/** How the pages look where nothing is set: the demonstration's. */
export const plainLook = {
  logo: null,
  logoDark: null,
  colors: { accent: null, accentDark: null, background: null, backgroundDark: null },
  css: "",
  texts: {},
  languages: ["en", ...languages.map(({ tag }) => tag).filter((tag) => tag !== "en")],
  links: { privacy: null, terms: null, support: null },
  clients: {},
};
