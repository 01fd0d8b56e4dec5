import type { Words } from "../words.ts";

export const appAccess: Words["appAccess"] = {
  registered: "נרשמה על ידי מפעילי {product}.",
  document: "מתוארת במסמך שלה במארח זה.",
  selfRegistered: "רשמה את עצמה; איש לא בדק אותה.",
  noScopes: "היא אינה מבקשת שום הרשאה מלבד הידיעה שבוצעה כניסה.",
  willBeAbleTo: "היא תוכל",
  newlyAbleTo: "חדש: היא תוכל גם",
  alreadyAllowed: "כבר מותר",
  required: "נדרש",
  low: "סיכון נמוך",
  medium: "סיכון בינוני",
  high: "סיכון גבוה",
  openid: "לדעת שהכניסה בוצעה על ידך",
  profile: "לקרוא את שמך",
  emailScope: "לקרוא את האימייל שלך",
  offlineAccess: "להישאר מחוברת בהיעדרך, עד שתופסק",
};

export const consent: Words["consent"] = {
  title: "לאפשר גישה?",
  wantsAccess: "מבקשת גישה",
  wantsAccessTo: "מבקשת גישה אל {resource}",
  refuse: "סירוב",
  allow: "אישור גישה",
  remembered: "אם תינתן גישה, לא תישאל שוב שאלה על אותה גישה.",
  notRemembered: "התשובה אינה נשמרת: השאלה תישאל שוב בפעם הבאה.",
  whoAsks: "מי מבקש",
  youReturnTo: "חזרה אל",
  programOnThisComputer: "תוכנית במחשב זה.",
  accessTo: "גישה אל",
  signedInAs: "מחובר בתור",
  website: "האתר שהיא מציינת הוא {host}",
  selfRegisteredCaution:
    "**השם לא אומת.** האפליקציה רשמה את עצמה ובחרה את שמה. יש לשפוט אותה לפי המקום שאליו חוזרים.",
  loopbackCaution: "**כל תוכנית במחשב זה יכולה לטעון לשם זה.** יש לאפשר רק אם היא הופעלה על ידך, ממש עכשיו.",
  newCaution: "**האפליקציה חדשה כאן.** איש לא השתמש בה בשרת זה לפני היום.",
};
