import type { Words } from "../words.ts";

export const places: Words["places"] = {
  thisComputer: "Este ordenador",
  privateNetwork: "Una red privada",
  unknown: "Un lugar desconocido",
  city: "{city}, {country}",
};

export const sessions: Words["sessions"] = {
  title: "Dónde tiene la sesión iniciada",
  lead: "Navegadores con sesión en su cuenta. Termine los que no conozca y después cambie su contraseña.",
  current: "Este navegador",
  place: "{place}. Sesión iniciada {since}; usada {used}.",
  end: "Cerrar sesión",
  endOthers: "Cerrar sesión en los demás sitios",
  unnamed: "Un navegador que no dijo qué es",
  ended: "Se cerró la sesión de ese navegador.",
  othersEnded: "Se cerró la sesión de los demás navegadores.",
};
