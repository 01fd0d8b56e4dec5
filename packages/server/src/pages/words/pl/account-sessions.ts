import type { Words } from "../words.ts";

export const places: Words["places"] = {
  thisComputer: "Ten komputer",
  privateNetwork: "Sieć prywatna",
  unknown: "Nieznane miejsce",
  city: "{city}, {country}",
};

export const sessions: Words["sessions"] = {
  title: "Twoje aktywne sesje",
  lead: "Przeglądarki zalogowane na Twoje konto. Wyloguj te, których nie znasz, a potem zmień hasło.",
  current: "Ta przeglądarka",
  place: "{place}. Zalogowano {since}; ostatnie użycie {used}.",
  end: "Wyloguj",
  endOthers: "Wyloguj wszędzie indziej",
  unnamed: "Przeglądarka, która nie podała, czym jest",
  ended: "Wybrana przeglądarka została wylogowana.",
  othersEnded: "Wszystkie inne przeglądarki zostały wylogowane.",
};
