/** How the pages look where nothing is set. */
export const plainLook = {
  logo: null,
  logoDark: null,
  colors: { accent: null, accentDark: null, background: null, backgroundDark: null },
  css: "",
  texts: {},
  languages: ["en"],
  links: { privacy: null, terms: null, support: null },
  clients: {},
};
