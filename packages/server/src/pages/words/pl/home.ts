import type { Words } from "../words.ts";

export const home: Words["home"] = {
  title: "Start",
  heading: "Logowanie dla aplikacji i agentów",
  lead: "Na tym serwerze ludzie logują się i pozwalają aplikacjom oraz agentom działać w swoim imieniu, w granicach tego, na co każdy zezwoli.",
  account: "Zobacz, komu dano dostęp",
  discovery: "Opis dla programów",
  authorizationServer: "Metadane serwera autoryzacji",
  openid: "Konfiguracja OpenID",
  keys: "Klucze",
};

export const setUp: Words["setUp"] = {
  title: "Konfiguracja",
  heading: "Konfiguracja {product}",
  lead: "Utwórz pierwsze konto administratora. Link, który tu prowadził, działa jeden raz.",
  email: "Adres e-mail",
  name: "Imię i nazwisko",
  password: "Hasło",
  passwordHint: "Co najmniej {minimum} znaków. Dobre jest całe zdanie.",
  submit: "Utwórz konto administratora",
  giveEmail: "Podaj adres e-mail.",
  emailTaken: "Ten adres e-mail jest już zajęty.",
  doneHeading: "Pierwsze konto administratora jest utworzone",
  done: "**{name}** zarządza odtąd {product}. Link więcej nie zadziała.",
  doneWithEmail: "**{name}** {email} zarządza odtąd {product}. Link więcej nie zadziała.",
  next: "Następnie na maszynie, na której działa serwer: {command} zapozna go z serwerem MCP lub API. Potem połącz aplikację i zaloguj się tym kontem, gdy aplikacja o to poprosi.",
  spentTitle: "Ten link już nie działa",
  spent: "Link konfiguracyjny działa jeden raz i przez ograniczony czas.",
  spentWhatToDo:
    "Jeśli konto administratora już jest, nie ma tu nic więcej do zrobienia. Jeśli go nie ma, uruchom serwer ponownie: poda nowy link.",
};
