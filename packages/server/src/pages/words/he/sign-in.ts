import type { Words } from "../words.ts";

export const signIn: Words["signIn"] = {
  title: "כניסה",
  email: "אימייל",
  password: "סיסמה",
  submit: "כניסה",
  toLet: "כדי לאפשר ל-**{client}** להשתמש ב-**{resource}**",
  toContinue: "כדי להמשיך אל **{client}**",
  toConnectDevice: "כדי לחבר מכשיר",
  toSeeAccount: "כדי לראות למי ניתנה גישה",
  wrong: "האימייל או הסיסמה שגויים.",
  demonstration: "חשבונות הדגמה",
  demonstrationHint: "מוצגים משום שזה שרת פיתוח.",
  noRole: "אין תפקיד נוסף",
};

export const signOut: Words["signOut"] = {
  title: "לצאת?",
  clientAsks: "**{client}** מבקש יציאה מהחשבון.",
  signedIn: "הכניסה ל-{product} היא בתור **{email}**.",
  stay: "להישאר מחובר",
  submit: "יציאה",
  doneTitle: "בוצעה יציאה",
  doneHeading: "בוצעה יציאה מהחשבון",
  done: "דפדפן זה יצא מ-{product}. אפליקציות שקיבלו גישה שומרות עליה עד שתסתיים או תפוג.",
  signInAgain: "כניסה מחדש",
};
