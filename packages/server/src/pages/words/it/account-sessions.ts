import type { Words } from "../words.ts";

export const places: Words["places"] = {
  thisComputer: "Questo computer",
  privateNetwork: "Una rete privata",
  unknown: "Un luogo sconosciuto",
  city: "{city}, {country}",
};

export const sessions: Words["sessions"] = {
  title: "Dove hai eseguito l’accesso",
  lead: "I browser che hanno accesso al tuo account. Termina quelli che non conosci, poi cambia la password.",
  current: "Questo browser",
  place: "{place}. Accesso eseguito {since}; usato {used}.",
  end: "Esci",
  endOthers: "Esci da tutti gli altri browser",
  unnamed: "Un browser che non ha detto che cos’è",
  ended: "Quel browser è stato disconnesso.",
  othersEnded: "Tutti gli altri browser sono stati disconnessi.",
};
