import type { Words } from "../words.ts";

export const signIn: Words["signIn"] = {
  title: "Logowanie",
  email: "Adres e-mail",
  password: "Hasło",
  submit: "Zaloguj się",
  toLet: "aby aplikacja **{client}** mogła korzystać z **{resource}**",
  toContinue: "aby przejść do **{client}**",
  toConnectDevice: "aby połączyć urządzenie",
  toSeeAccount: "aby zobaczyć, komu dano dostęp",
  wrong: "Adres e-mail lub hasło jest nieprawidłowe.",
  demonstration: "Konta demonstracyjne",
  demonstrationHint: "Widoczne, ponieważ jest to serwer deweloperski.",
  noRole: "bez dodatkowej roli",
};

export const signOut: Words["signOut"] = {
  title: "Wylogować?",
  clientAsks: "**{client}** prosi o wylogowanie.",
  signedIn: "W {product} zalogowano jako **{email}**.",
  stay: "Nie wylogowuj",
  submit: "Wyloguj się",
  doneTitle: "Wylogowano",
  doneHeading: "Wylogowano",
  done: "Ta przeglądarka jest wylogowana z {product}. Aplikacje, którym zezwolono na dostęp, zachowują go, dopóki nie zostanie zakończony lub nie wygaśnie.",
  signInAgain: "Zaloguj się ponownie",
};
