import type { Words } from "../words.ts";

export const home: Words["home"] = {
  title: "דף הבית",
  heading: "כניסה לאפליקציות ולסוכנים",
  lead: "בשרת זה אנשים נכנסים לחשבונם ומאפשרים לאפליקציות ולסוכנים לפעול בשמם, בגבולות מה שכל אדם מתיר.",
  account: "לראות למי ניתנה גישה",
  discovery: "גילוי",
  authorizationServer: "מטא-נתונים של שרת ההרשאות",
  openid: "תצורת OpenID",
  keys: "מפתחות",
};

export const setUp: Words["setUp"] = {
  title: "הגדרה",
  heading: "הגדרת {product}",
  lead: "יש ליצור את חשבון המנהל הראשון. הקישור שהוביל לכאן פועל פעם אחת.",
  email: "אימייל",
  name: "שם",
  password: "סיסמה",
  passwordHint: "לפחות {minimum} תווים. משפט שלם הוא בחירה טובה.",
  submit: "יצירת חשבון מנהל",
  giveEmail: "יש להזין אימייל.",
  emailTaken: "אימייל זה תפוס.",
  doneHeading: "חשבון המנהל הראשון נוצר",
  done: "מעתה **{name}** מנהל את {product}. הקישור לא יפעל שוב.",
  doneWithEmail: "מעתה **{name}** {email} מנהל את {product}. הקישור לא יפעל שוב.",
  next: "בהמשך, במחשב שמריץ אותו: {command} מכיר לו שרת MCP או API. לאחר מכן יש לחבר אפליקציה ולהיכנס עם חשבון זה כשהאפליקציה מבקשת.",
  spentTitle: "קישור זה אינו פועל עוד",
  spent: "קישור הגדרה פועל פעם אחת ולזמן מוגבל.",
  spentWhatToDo:
    "אם כבר יש חשבון מנהל, אין כאן עוד מה לעשות. אם אין, יש להפעיל מחדש את השרת: הוא יציג קישור חדש.",
};
