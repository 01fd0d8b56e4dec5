import type { Words } from "../words.ts";

export const invitation: Words["invitation"] = {
  title: "קיבלת הזמנה",
  lead: "יש ליצור חשבון ב-{product}.",
  submit: "יצירת החשבון",
  passwordless: "אפשר להגדיר סיסמה או מפתח גישה בדף החשבון.",
  spentTitle: "הזמנה זו אינה פועלת עוד",
  spent: "הזמנה פועלת פעם אחת ולזמן מוגבל.",
  spentWhatToDo: "אם כבר נוצר איתה חשבון, יש להיכנס. אם לא, יש לבקש הזמנה אחרת ממי שהזמין אותך.",
};

export const reset: Words["reset"] = {
  title: "שכחת את הסיסמה?",
  lead: "יש להזין את כתובת החשבון. נשלח קישור לקביעת סיסמה חדשה.",
  submit: "שליחת קישור באימייל",
  sentTitle: "יש לבדוק את האימייל",
  sent: "אם ל-**{email}** יש כאן חשבון, הודעה עם קישור בדרך. תוקף הקישור {minutes}.",
  sentHint: "אין הודעה? כדאי לחפש בדואר הזבל, לבדוק את הכתובת, או לבקש שוב בעוד כמה דקות.",
  newTitle: "קביעת סיסמה חדשה",
  newPassword: "סיסמה חדשה",
  signOut: "יציאה מכל מקום",
  signOutHint: "בכל דפדפן שבוצעה בו כניסה יהיה צורך להיכנס מחדש.",
  endAccess: "לסיים גם את הגישה של כל האפליקציות והסוכנים",
  endAccessHint: "כל אחד מהם יצטרך לבקש ממך מחדש. כדאי לעשות זאת אם ייתכן שמישהו אחר השתמש בחשבון.",
  newSubmit: "קביעת הסיסמה",
  doneTitle: "הסיסמה החדשה נקבעה",
  done: "מעתה יש להיכנס איתה.",
  doneSignedOut: "בכל דפדפן יש להיכנס מחדש.",
  doneEndedAccess: "לאף אפליקציה ולאף סוכן אין עוד גישה.",
  spentTitle: "קישור זה אינו פועל עוד",
  spent: "קישור לסיסמה חדשה פועל פעם אחת ולזמן קצר, ורק החדש ביותר פועל.",
  spentAgain: "בקשת קישור אחר",
};

export const signUp: Words["signUp"] = {
  title: "יצירת חשבון",
  name: "שם",
  email: "אימייל",
  password: "סיסמה",
  optionalPassword: "סיסמה, אם רוצים",
  passwordHint: "לפחות {minimum} תווים. משפט שלם הוא בחירה טובה.",
  noPasswordHint: "בלי סיסמה, נשלח קוד באימייל בכל כניסה.",
  submit: "המשך",
  haveAccount: "יש לי חשבון: כניסה",
  codeTitle: "יש לבדוק את האימייל",
  codeLead:
    "הודעה בדרך אל **{email}**. יש להקליד את הקוד שבה: תוקפו {minutes}, ורק בדפדפן זה. אם לכתובת כבר יש חשבון, ההודעה תציין זאת.",
  codeSubmit: "יצירת החשבון",
};

export const verification: Words["verification"] = {
  title: "אישור הכתובת",
  lead: "האם **{email}** היא הכתובת שלך?",
  submit: "כן, אישור",
  doneTitle: "הכתובת אושרה",
  done: "**{email}** אושרה.",
  spentTitle: "קישור זה אינו פועל עוד",
  spent: "קישור לאישור כתובת פועל פעם אחת ולזמן מוגבל.",
  spentWhatToDo: "אם הכתובת עדיין לא אושרה, יש לבקש קישור אחר בדף החשבון.",
};
