import type { Words } from "../words.ts";

export const appAccess: Words["appAccess"] = {
  registered: "Zarejestrowana przez osoby prowadzące {product}.",
  document: "Opisana przez własny dokument na tym hoście.",
  selfRegistered: "Zarejestrowała się sama; nikt jej nie sprawdził.",
  noScopes: "Nie prosi o żadne uprawnienie; dowie się tylko, że nastąpiło zalogowanie.",
  willBeAbleTo: "Aplikacja będzie mogła",
  newlyAbleTo: "Nowe: aplikacja będzie też mogła",
  alreadyAllowed: "Już zezwalasz",
  required: "Wymagane",
  low: "Niskie ryzyko",
  medium: "Średnie ryzyko",
  high: "Wysokie ryzyko",
  openid: "Wiedzieć, że to Ty się logujesz",
  profile: "Odczytać Twoje imię i nazwisko",
  emailScope: "Odczytać Twój adres e-mail",
  offlineAccess: "Pozostać połączona pod Twoją nieobecność, dopóki tego nie zakończysz",
  untick: "Odznacz to, czego aplikacja nie powinna móc robić.",
};

export const consent: Words["consent"] = {
  title: "Zezwolić na dostęp?",
  wantsAccess: "prosi o dostęp",
  wantsAccessTo: "prosi o dostęp do {resource}",
  refuse: "Odmów",
  allow: "Zezwól",
  remembered: "Jeśli zezwolisz, pytanie o ten sam dostęp już się nie pojawi.",
  notRemembered: "Odpowiedź nie jest zapamiętywana: następnym razem pytanie pojawi się znowu.",
  whoAsks: "Kto prosi",
  youReturnTo: "Powrót do",
  programOnThisComputer: "Program na tym komputerze.",
  accessTo: "Dostęp do",
  signedInAs: "Zalogowano jako",
  website: "Jako swoją stronę podaje {host}",
  selfRegisteredCaution:
    "**Ta nazwa nie jest sprawdzona.** Aplikacja zarejestrowała się sama i sama wybrała nazwę. Oceń ją po miejscu, do którego wrócisz.",
  loopbackCaution:
    "**Każdy program na tym komputerze może podać tę nazwę.** Zezwól tylko wtedy, gdy został uruchomiony przez Ciebie, właśnie teraz.",
  newCaution: "**Ta aplikacja jest tu nowa.** Przed dzisiejszym dniem nikt jej na tym serwerze nie używał.",
  proven: "Udowodnione: odpowiedź trafia do tej aplikacji i do żadnej innej.",
  notProven: "Nieudowodnione: tej nazwy może używać inny program.",
  firstSeen: "Ten serwer zobaczył ją po raz pierwszy: {ago}",
  howLong: "Jak długo",
  untilEnded: "Dopóki tego nie zakończę",
  forTime: "{time}, do {date}",
  lengthForAll: "Dotyczy to wszystkiego powyżej, także tego, na co zezwolono wcześniej.",
  stays:
    "Aplikacja będzie mogła działać w Twoim imieniu pod Twoją nieobecność. Musi poprosić ponownie, gdy nie będzie używana (czas: {idle}), a w każdym razie po upływie czasu: {longest}.",
  staysShortly:
    "Aplikacja będzie mogła działać w Twoim imieniu (czas: {time}), a potem musi poprosić ponownie.",
};
