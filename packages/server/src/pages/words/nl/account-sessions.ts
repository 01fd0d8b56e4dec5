import type { Words } from "../words.ts";

export const places: Words["places"] = {
  thisComputer: "Deze computer",
  privateNetwork: "Een privénetwerk",
  unknown: "Een onbekende plaats",
  city: "{city}, {country}",
};

export const sessions: Words["sessions"] = {
  title: "Waar u bent ingelogd",
  lead: "Browsers die bij uw account zijn ingelogd. Beëindig wat u niet kent, en wijzig dan uw wachtwoord.",
  current: "Deze browser",
  place: "{place}. Ingelogd {since}; laatst gebruikt {used}.",
  end: "Uitloggen",
  endOthers: "Overal elders uitloggen",
  unnamed: "Een browser die niet zei wat hij is",
  ended: "Die browser is uitgelogd.",
  othersEnded: "Elke andere browser is uitgelogd.",
};
