import type { Words } from "../words.ts";

export const faults: Words["faults"] = {
  "password.wrong": "Adres e-mail lub hasło jest nieprawidłowe.",
  "passkey.refused": "Ten klucz dostępu nie został przyjęty. Spróbuj ponownie lub zaloguj się inaczej.",
  "code.wrong": "Ten kod jest błędny lub nieważny. Sprawdź najnowszy e-mail albo poproś o nowy kod.",
  "code.spent": "Ten kod został już użyty lub jest nieważny. Poproś o nowy.",
  "one-time-password.wrong": "Ten kod jest błędny. Poczekaj na następny, który pokaże aplikacja.",
  "recovery-code.wrong": "Ten kod odzyskiwania jest błędny lub został już użyty.",
  "email.invalid": "Podaj adres e-mail.",
  "name.missing": "Podaj imię lub nazwę.",
  "invitation.spent": "To zaproszenie zostało już użyte lub jest nieważne. Poproś o nowe.",
  "upstream.disabled": "Ten sposób logowania jest wyłączony. Wybierz inny.",
  "upstream.unreachable": "{upstream} nie odpowiada. Spróbuj ponownie za chwilę lub wybierz inny sposób.",
  "upstream.denied": "Logowanie przez {upstream} nie powiodło się. Spróbuj ponownie lub wybierz inny sposób.",
  "upstream.answer":
    "Nie można było przyjąć odpowiedzi {upstream}. Spróbuj ponownie; jeśli to się powtórzy, powiedz o tym osobom prowadzącym ten serwer.",
  "upstream.not-linked":
    "Jedno z tutejszych kont ma ten sam adres e-mail. Zaloguj się jak dotąd, a potem połącz {upstream} na stronie konta.",
  "upstream.no-email":
    "{upstream} nie podaje adresu e-mail, o którym wiadomo, że jest Twój. Potwierdź tam swój adres, zezwól na jego przekazanie i spróbuj ponownie; albo wybierz inny sposób.",
  "upstream.changed":
    "Tutejsze konto z tym adresem e-mail jest połączone z innym kontem {upstream}. Użyj tamtego albo zaloguj się inaczej i połącz to na stronie konta.",
  "upstream.taken":
    "To konto {upstream} jest połączone z innym tutejszym kontem. Zaloguj się nim, aby zobaczyć, z którym.",
  "upstream.stranger":
    "Do tego logowania nie pasuje żadne tutejsze konto. Jeśli je masz, zaloguj się jak dotąd i połącz {upstream} na stronie konta. Jeśli nie, zapytaj osoby prowadzące ten serwer.",
  "upstream.stale":
    "{upstream} nie wymaga ponownego potwierdzenia, kim jesteś, a teraz jest ono potrzebne. Wyloguj się tam i spróbuj ponownie lub wybierz inny sposób.",
  "account.off": "To konto jest wyłączone. Zapytaj osoby prowadzące ten serwer.",
  "page.stale": "Ta strona jest nieaktualna. Zacznij tu od nowa.",
};

export const steps: Words["steps"] = {
  withPasskey: "Zaloguj się kluczem dostępu",
  mailCode: "Wyślij mi kod e-mailem",
  continueWith: "Kontynuuj przez {upstream}",
  forgot: "Nie pamiętasz hasła?",
  signUp: "Utwórz konto",
  otherWays: "Inne sposoby logowania",
  restart: "Zacznij od nowa",
  codeTitle: "Sprawdź pocztę",
  codeLead:
    "Jeśli **{email}** ma tu konto, kod jest już w drodze. Ważność: {minutes}, tylko w tej przeglądarce.",
  code: "Kod",
  codeSubmit: "Zaloguj się",
  codeAgain: "Wyślij nowy kod",
  secondTitle: "Jeszcze jeden krok",
  secondLead: "Potwierdź, że to Ty, **{email}**.",
  appCode: "Kod z aplikacji uwierzytelniającej",
  recoveryCode: "Kod odzyskiwania",
  recoverySummary: "Użyj zamiast tego kodu odzyskiwania",
  recoveryHint: "Każdy kod działa jeden raz.",
  usePasskey: "Użyj klucza dostępu",
  confirm: "Potwierdź",
  newSecondTitle: "Skonfiguruj drugi krok",
  newSecondLead: "Twoje konto potrzebuje drugiego sposobu potwierdzenia, że to Ty.",
  newPasskey: "Utwórz klucz dostępu",
  newPasskeyHint: "Blokada ekranu urządzenia, klucz zabezpieczeń lub telefon. Nic nie trzeba wpisywać.",
  newApp: "Użyj aplikacji uwierzytelniającej",
  newAppHint: "Aplikacja w telefonie pokazuje nowy kod co 30 sekund.",
  appTitle: "Połącz aplikację uwierzytelniającą",
  appScan: "Zeskanuj ten obraz aplikacją lub wpisz klucz.",
  appPicture: "Kod QR dla aplikacji uwierzytelniającej",
  appKey: "Klucz",
  appOpen: "Otwórz w aplikacji na tym urządzeniu",
  appFirstCode: "Następnie wpisz kod, który pokazuje aplikacja",
  appOther: "Użyj czegoś innego",
  recoveryTitle: "Zachowaj kody odzyskiwania",
  recoveryLead:
    "W razie utraty telefonu każdy z tych kodów wpuści Cię jeden raz. Są pokazywane tylko teraz: wydrukuj je lub przechowuj razem z hasłami.",
  recoveryKept: "Mam zapisane kody",
  passkeyCancelled: "Nie użyto żadnego klucza dostępu. Spróbuj ponownie lub zaloguj się inaczej.",
  passkeyKnown: "To urządzenie ma już klucz dostępu do Twojego konta.",
  passkeyFailed: "Przeglądarka nie mogła tu użyć klucza dostępu.",
};
