import type { Words } from "../words.ts";

export const accountPages: Words["accountPages"] = {
  label: "Strony Twojego konta",
  apps: "Aplikacje i agenci",
  security: "Logowanie",
  sessions: "Urządzenia",
  activity: "Aktywność",
  data: "Twoje dane",
  confirmLead: "Aby coś tu zmienić, potwierdź najpierw, że to Ty.",
  confirm: "Potwierdź, że to Ty",
  stale: "W międzyczasie coś się zmieniło. Tak jest teraz.",
  made: "Dodano {since}.",
  used: "Ostatnie użycie {used}.",
  unused: "Jeszcze nieużywany.",
};
