import type { Words } from "../words.ts";

export const mail: Words["mail"] = {
  code: "Wpisz ten kod na stronie, na której wszystko się zaczęło:",
  tellNobody: "Nie podawaj go nikomu: nikt z osób prowadzących {product} o niego nie poprosi.",
  orOpen: "Albo skopiuj ten adres do przeglądarki:",
  lifetime: "Działa to jeden raz. Ważność: {time}.",
  ignore: "To nie była Twoja prośba? Zignoruj ten e-mail: bez niego nic się nie stanie.",
  notYou:
    "To nie Ty? Zaloguj się teraz do {product}, zakończ każdą sesję, której nie znasz, i ustaw nowe hasło.",
  tooLate: "To nie Ty? Napisz do osób prowadzących {product}.",
  account: "Zarządzaj kontem",
  sentBy: "Wysłano przez {product}, {host}. Nikt nie czyta odpowiedzi na ten e-mail.",
  letters: {
    "sign-in": {
      subject: "Logowanie do {product}",
      lead: "Ktoś, mamy nadzieję, że Ty, chce zalogować się do {product} tym adresem.",
      button: "Zaloguj się",
    },
    "sign-up": {
      subject: "Potwierdź swój adres dla {product}",
      lead: "Ktoś, mamy nadzieję, że Ty, chce utworzyć konto w {product} z tym adresem.",
      button: "Potwierdź adres",
    },
    "already-here": {
      subject: "Masz już konto w {product}",
      lead: "Ktoś, mamy nadzieję, że Ty, chce utworzyć konto w {product} z tym adresem. Takie konto już jest: zaloguj się nim albo ustaw nowe hasło, jeśli nie pamiętasz swojego.",
      button: "Zaloguj się",
    },
    "verify-email": {
      subject: "Potwierdź swój adres w {product}",
      lead: "Potwierdź, że ten adres jest Twój, aby {product} mógł na nim polegać.",
      button: "Potwierdź adres",
    },
    "change-email": {
      subject: "Potwierdź nowy adres w {product}",
      lead: "Konto w {product} ma odtąd mieć ten adres. Potwierdź, że jest Twój.",
      button: "Potwierdź adres",
    },
    "email-changed": {
      subject: "Adres Twojego konta w {product} został zmieniony",
      lead: "Twoje konto w {product} ma teraz inny adres: {about}. Tam trafiają jego e-maile.",
    },
    "reset-password": {
      subject: "Nowe hasło do {product}",
      lead: "Ktoś, mamy nadzieję, że Ty, prosi o nowe hasło do konta w {product} z tym adresem.",
      button: "Ustaw nowe hasło",
    },
    "password-changed": {
      subject: "Twoje hasło w {product} zostało zmienione",
      lead: "Hasło Twojego konta w {product} zostało zmienione.",
    },
    invitation: {
      subject: "Zaproszenie do {product}",
      lead: "Możesz utworzyć konto w {product} z tym adresem.",
      button: "Przyjmij zaproszenie",
    },
    "new-device": {
      subject: "Nowe urządzenie zalogowało się do {product}",
      lead: "Do Twojego konta w {product} zalogowano się z urządzenia, którego tu dotąd nie widziano: {about}.",
    },
    "second-factor-added": {
      subject: "Twoje konto w {product} ma drugi składnik",
      lead: "Odtąd {product} prosi przy logowaniu o hasło jednorazowe.",
    },
    "second-factor-removed": {
      subject: "Twoje konto w {product} nie ma już drugiego składnika",
      lead: "Odtąd {product} nie prosi przy logowaniu o hasło jednorazowe.",
    },
    "passkey-added": {
      subject: "Do Twojego konta w {product} dodano klucz dostępu",
      lead: "Odtąd ten klucz dostępu loguje do Twojego konta w {product}: {about}.",
    },
    "passkey-removed": {
      subject: "Z Twojego konta w {product} usunięto klucz dostępu",
      lead: "Ten klucz dostępu nie loguje już do Twojego konta w {product}: {about}.",
    },
    "password-removed": {
      subject: "Twoje hasło w {product} zostało usunięte",
      lead: "Hasło Twojego konta w {product} zostało usunięte. Inne sposoby logowania pozostają.",
    },
    "recovery-codes-made": {
      subject: "Nowe kody odzyskiwania Twojego konta w {product}",
      lead: "Utworzono nowe kody odzyskiwania Twojego konta w {product}. Stare nie są już nic warte.",
    },
    "identity-added": {
      subject: "Konto z innego serwisu połączono z Twoim w {product}",
      lead: "Odtąd to konto z innego serwisu loguje do Twojego konta w {product}: {about}.",
    },
    "identity-removed": {
      subject: "Konto z innego serwisu odłączono od Twojego w {product}",
      lead: "To konto z innego serwisu nie loguje już do Twojego konta w {product}: {about}.",
    },
    "account-removed": {
      subject: "Twoje konto w {product} zostało usunięte",
      lead: "Twojego konta w {product} już nie ma, a z nim wszystkiego, na co zezwoliło.",
    },
  },
};
