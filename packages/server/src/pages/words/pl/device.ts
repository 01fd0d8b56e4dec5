import type { Words } from "../words.ts";

export const device: Words["device"] = {
  title: "Połącz urządzenie",
  lead: "Wpisz kod, który pokazuje urządzenie.",
  code: "Kod",
  wrongCode: "Żadne urządzenie nie czeka z tym kodem. Sprawdź go lub zacznij od nowa na urządzeniu.",
  sentCaution:
    "**Ktoś przesłał Ci kod lub link?** W takim razie przerwij. Kontynuuj tylko dla urządzenia, którego właśnie używasz.",
  compareTitle: "Czy urządzenie pokazuje ten kod?",
  no: "Nie",
  same: "Tak, ten sam",
  wantsAccess: "na urządzeniu prosi o dostęp",
  wantsAccessTo: "na urządzeniu prosi o dostęp do {resource}",
  startedCaution:
    "**Odmów, jeśli nie zostało to rozpoczęte przez Ciebie, właśnie teraz.** Nikt nie ma powodu prosić Cię o zatwierdzenie swojego urządzenia: ani współpracownik, ani pomoc techniczna, ani wiadomość.",
  selfRegisteredCaution:
    "**Ta nazwa nie jest sprawdzona.** Aplikacja zarejestrowała się sama i sama wybrała nazwę.",
  unprovenCaution: "**Każdy program może podać tę nazwę.** Oceń ją po urządzeniu, które masz przed sobą.",
  unprovenDocument: "Podaje, że jest aplikacją tego hosta, i tego nie dowodzi.",
  theDevice: "Urządzenie",
  unnamed: "Nie podało, czym jest",
  unchecked: "Tak nazywa się samo; nikt tego nie sprawdził.",
  itsCode: "Jego kod",
  showsTheSame: "Urządzenie pokazuje ten sam.",
  itAsked: "Prośba",
  fromHere: "z adresu {address}, który jest adresem internetowym tej przeglądarki.",
  fromElsewhere:
    "z adresu {address}, który nie jest adresem internetowym tej przeglądarki. Odmów, chyba że urządzenie jest gdzie indziej.",
  lastsShortly:
    "Jeśli zezwolisz, urządzenie będzie mogło przez krótki czas działać w Twoim imieniu, a potem musi poprosić ponownie.",
  lasts:
    "Jeśli zezwolisz, urządzenie będzie mogło działać w Twoim imieniu pod Twoją nieobecność, dopóki nie zakończysz tego na stronie konta, najdłużej {days}.",
  aDay: "jeden dzień",
  approvedTitle: "Urządzenie jest połączone",
  approved: "{name} ma to, na co zezwolono. Wróć do urządzenia; możesz zamknąć tę stronę.",
  approvedEnd: "Dostęp możesz w każdej chwili zakończyć na {accountPage}.",
  accountPage: "stronie konta",
  deniedTitle: "Odmówiono",
  denied: "Niczego nie przyznano. {name} dowie się o odmowie. Możesz zamknąć tę stronę.",
  theDeviceItself: "Urządzenie",
  otherTitle: "Niczego nie przyznano",
  other: "Kod na tej stronie należy do cudzego urządzenia. Możesz zamknąć tę stronę.",
  otherWhatToDo: "Aby połączyć własne urządzenie, zacznij na nim i wpisz kod, który pokazuje.",
};
