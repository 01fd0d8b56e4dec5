import type { Words } from "../words.ts";

export const invitation: Words["invitation"] = {
  title: "Masz zaproszenie",
  lead: "Utwórz konto w {product}.",
  submit: "Utwórz konto",
  passwordless: "Hasło lub klucz dostępu możesz ustawić na stronie konta.",
  spentTitle: "To zaproszenie już nie działa",
  spent: "Zaproszenie działa jeden raz i przez ograniczony czas.",
  spentWhatToDo:
    "Jeśli masz już konto z tego zaproszenia, zaloguj się. Jeśli nie, poproś o nowe tych, którzy Cię zaprosili.",
};

export const reset: Words["reset"] = {
  title: "Nie pamiętasz hasła?",
  lead: "Podaj adres swojego konta. Wyślemy Ci link, którym ustawisz nowe hasło.",
  submit: "Wyślij mi link",
  sentTitle: "Sprawdź pocztę",
  sent: "Jeśli **{email}** ma tu konto, e-mail z linkiem jest już w drodze. Ważność linku: {minutes}.",
  sentHint: "Nie ma e-maila? Zajrzyj do spamu, sprawdź adres lub poproś ponownie za kilka minut.",
  newTitle: "Ustaw nowe hasło",
  newPassword: "Nowe hasło",
  signOut: "Wyloguj wszędzie",
  signOutHint: "W każdej przeglądarce trzeba będzie zalogować się ponownie.",
  endAccess: "Zakończ też dostęp wszystkich aplikacji i agentów",
  endAccessHint:
    "Każde z nich musi poprosić Cię od nowa. Zrób to, jeśli ktoś inny mógł używać Twojego konta.",
  newSubmit: "Ustaw hasło",
  doneTitle: "Nowe hasło jest ustawione",
  done: "Odtąd loguj się nim.",
  doneSignedOut: "W każdej przeglądarce trzeba zalogować się ponownie.",
  doneEndedAccess: "Żadna aplikacja i żaden agent nie ma już dostępu.",
  spentTitle: "Ten link już nie działa",
  spent: "Link do ustawienia hasła działa jeden raz i krótko, i tylko najnowszy.",
  spentAgain: "Poproś o nowy",
};

export const signUp: Words["signUp"] = {
  title: "Utwórz konto",
  name: "Imię i nazwisko",
  email: "Adres e-mail",
  password: "Hasło",
  optionalPassword: "Hasło, jeśli chcesz je mieć",
  passwordHint: "Co najmniej {minimum} znaków. Dobre jest całe zdanie.",
  noPasswordHint: "Bez hasła przy każdym logowaniu wyślemy Ci kod e-mailem.",
  submit: "Dalej",
  haveAccount: "Mam konto: zaloguj się",
  codeTitle: "Sprawdź pocztę",
  codeLead:
    "E-mail na adres **{email}** jest już w drodze. Wpisz kod, który zawiera. Ważność: {minutes}, tylko w tej przeglądarce. Jeśli adres ma już konto, e-mail o tym mówi.",
  codeSubmit: "Utwórz konto",
};

export const verification: Words["verification"] = {
  title: "Potwierdź swój adres",
  lead: "Czy **{email}** to Twój adres?",
  submit: "Tak, potwierdź",
  doneTitle: "Twój adres jest potwierdzony",
  done: "**{email}** jest potwierdzony.",
  spentTitle: "Ten link już nie działa",
  spent: "Link potwierdzający adres działa jeden raz i przez ograniczony czas.",
  spentWhatToDo: "Jeśli Twój adres nie jest jeszcze potwierdzony, poproś o nowy link na stronie konta.",
};
