import type { Words } from "../words.ts";

export const accountPages: Words["accountPages"] = {
  label: "Seiten Ihres Kontos",
  apps: "Apps und Agenten",
  security: "Anmelden",
  sessions: "Geräte",
  activity: "Ereignisse",
  data: "Ihre Daten",
  confirmLead: "Um hier etwas zu ändern, bestätigen Sie zuerst, dass Sie es sind.",
  confirm: "Bestätigen, dass Sie es sind",
  stale: "Inzwischen hat sich etwas geändert. So steht es jetzt.",
  made: "Hinzugefügt {since}.",
  used: "Zuletzt benutzt {used}.",
  unused: "Noch nicht benutzt.",
};
