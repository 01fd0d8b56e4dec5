import type { Words } from "../words.ts";

export const accountPages: Words["accountPages"] = {
  label: "דפי החשבון",
  apps: "אפליקציות וסוכנים",
  security: "כניסה",
  sessions: "מכשירים",
  activity: "פעילות",
  data: "הנתונים שלך",
  confirmLead: "כדי לשנות כאן משהו, יש לאשר קודם את הזהות.",
  confirm: "אישור הזהות",
  stale: "בינתיים משהו השתנה. זה המצב עכשיו.",
  made: "נוסף {since}.",
  used: "שימוש אחרון {used}.",
  unused: "עדיין לא נעשה בו שימוש.",
};
