import type { Words } from "../words.ts";

export const newPassword: Words["newPassword"] = {
  tooShort: "Het wachtwoord moet minstens {minimum} tekens hebben.",
  tooLong: "Het wachtwoord moet korter zijn dan {maximum} bytes.",
  leaked: "Dit wachtwoord staat in verzamelingen van gelekte wachtwoorden. Kies een ander.",
  common: "Dit wachtwoord is te makkelijk te raden: veel mensen gebruiken een soortgelijk. Kies een ander.",
  personal: "Dit wachtwoord is te makkelijk te raden: het bevat een naam of een adres. Kies een ander.",
  repeated: "Dit wachtwoord is te makkelijk te raden: het herhaalt zich. Voeg andere woorden toe.",
  row: "Dit wachtwoord is te makkelijk te raden: het volgt een rij letters, cijfers of toetsen. Voeg andere woorden toe.",
  date: "Dit wachtwoord is te makkelijk te raden: het is vooral een datum. Voeg andere woorden toe.",
  short: "Dit wachtwoord is te makkelijk te raden. Voeg een of twee woorden toe.",
  strength: "Sterkte van het wachtwoord",
  good: "Goed genoeg. Nog een woord maakt het sterker.",
  strong: "Moeilijk te raden.",
};
