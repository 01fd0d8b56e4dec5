import type { Words } from "../words.ts";

export const profile: Words["profile"] = {
  title: "Twoje dane",
  about: "O Tobie",
  name: "Imię i nazwisko",
  language: "Język stron i e-maili",
  anyLanguage: "Język przeglądarki",
  save: "Zapisz",
  saved: "Zapisano.",
  download: "Pobieranie",
  downloadLead:
    "Wszystko, co się o Tobie przechowuje, jako JSON: konto, klucze dostępu, urządzenia, aplikacje i to, co się działo. Nie ma w tym hasła ani sekretu.",
  downloadSubmit: "Pobierz swoje dane",
  remove: "Usuń konto",
  removeLead: "Twoje konto i wszystko, co zawiera, znika od razu i nikt nie może tego przywrócić.",
  removeTitle: "Usunąć Twoje konto?",
  removeConsequences:
    "Nastąpi wylogowanie wszędzie, każda aplikacja i każdy agent straci dostęp, a Twoje klucze dostępu, hasło i połączone konta przestaną logować. To, co się działo, pozostanie w dzienniku tego serwera, dopóki nie minie czas przechowywania.",
  removeType: "Aby kontynuować, wpisz adres tego konta: **{email}**",
  removeEmail: "Adres tego konta",
  removeSubmit: "Usuń konto na zawsze",
  removeWrong: "To nie jest adres tego konta.",
  removedTitle: "Twoje konto jest usunięte",
  removed: "Twojego konta i wszystkiego, co zawierało, już nie ma. Do widzenia.",
};
