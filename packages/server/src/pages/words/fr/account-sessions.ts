import type { Words } from "../words.ts";

export const places: Words["places"] = {
  thisComputer: "Cet ordinateur",
  privateNetwork: "Un réseau privé",
  unknown: "Un lieu inconnu",
  city: "{city}, {country}",
};

export const sessions: Words["sessions"] = {
  title: "Où vous êtes connecté",
  lead: "Les navigateurs connectés à votre compte. Mettez fin à ceux que vous ne connaissez pas, puis changez votre mot de passe.",
  current: "Ce navigateur",
  place: "{place}. Connecté {since}\u202f; utilisé {used}.",
  end: "Déconnecter",
  endOthers: "Se déconnecter partout ailleurs",
  unnamed: "Un navigateur qui n’a pas dit ce qu’il est",
  ended: "Ce navigateur est déconnecté.",
  othersEnded: "Tous les autres navigateurs sont déconnectés.",
};
