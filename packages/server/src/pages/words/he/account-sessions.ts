import type { Words } from "../words.ts";

export const places: Words["places"] = {
  thisComputer: "מחשב זה",
  privateNetwork: "רשת פרטית",
  unknown: "מקום לא ידוע",
  city: "{city}, {country}",
};

export const sessions: Words["sessions"] = {
  title: "היכן בוצעה כניסה",
  lead: "דפדפנים שבוצעה בהם כניסה לחשבון. יש לסיים את מה שאינו מוכר, ואז לשנות את הסיסמה.",
  current: "דפדפן זה",
  place: "{place}. כניסה {since}; שימוש אחרון {used}.",
  end: "יציאה",
  endOthers: "יציאה מכל מקום אחר",
  unnamed: "דפדפן שלא אמר מה הוא",
  ended: "בוצעה יציאה מאותו דפדפן.",
  othersEnded: "בוצעה יציאה מכל דפדפן אחר.",
};
