import type { Words } from "../words.ts";

export const mail: Words["mail"] = {
  code: "יש להקליד קוד זה בדף שבו התחלת:",
  tellNobody: "אין למסור אותו לאיש: איש ממפעילי {product} לא יבקש אותו.",
  orOpen: "או להעתיק כתובת זו אל הדפדפן:",
  lifetime: "פועל פעם אחת, למשך {time}.",
  ignore: "לא ביקשת זאת? אפשר להתעלם מהודעה זו: בלעדיה דבר לא יקרה.",
  notYou: "זה לא היה על ידך? יש להיכנס עכשיו ל-{product}, לסיים כל סשן לא מוכר ולקבוע סיסמה חדשה.",
  tooLate: "זה לא היה על ידך? יש לכתוב למפעילי {product}.",
  account: "ניהול החשבון",
  sentBy: "נשלח מ-{product}, {host}. איש אינו קורא תשובות להודעה זו.",
  letters: {
    "sign-in": {
      subject: "כניסה ל-{product}",
      lead: "התקבלה בקשה להיכנס ל-{product} עם כתובת זו. אם הבקשה שלך, אפשר להמשיך.",
      button: "כניסה",
    },
    "sign-up": {
      subject: "אישור הכתובת עבור {product}",
      lead: "התקבלה בקשה ליצור חשבון ב-{product} עם כתובת זו. אם הבקשה שלך, אפשר להמשיך.",
      button: "אישור הכתובת",
    },
    "already-here": {
      subject: "כבר יש לך חשבון ב-{product}",
      lead: "התקבלה בקשה ליצור חשבון ב-{product} עם כתובת זו. כבר יש חשבון: אפשר להיכנס איתו, או לקבוע סיסמה חדשה אם הסיסמה נשכחה.",
      button: "כניסה",
    },
    "verify-email": {
      subject: "אישור הכתובת ב-{product}",
      lead: "יש לאשר שכתובת זו שלך, כדי ש-{product} יוכל להסתמך עליה.",
      button: "אישור הכתובת",
    },
    "change-email": {
      subject: "אישור הכתובת החדשה ב-{product}",
      lead: "לחשבון ב-{product} תהיה מעתה כתובת זו. יש לאשר שהיא שלך.",
      button: "אישור הכתובת",
    },
    "email-changed": {
      subject: "כתובת החשבון ב-{product} השתנתה",
      lead: "לחשבון ב-{product} יש עכשיו כתובת אחרת: {about}. ההודעות נשלחות לשם.",
    },
    "reset-password": {
      subject: "סיסמה חדשה ל-{product}",
      lead: "התקבלה בקשה לקבוע סיסמה חדשה לחשבון ב-{product} עם כתובת זו. אם הבקשה שלך, אפשר להמשיך.",
      button: "קביעת סיסמה חדשה",
    },
    "password-changed": {
      subject: "הסיסמה ב-{product} השתנתה",
      lead: "הסיסמה של החשבון ב-{product} שונתה.",
    },
    invitation: {
      subject: "הזמנה ל-{product}",
      lead: "אפשר ליצור חשבון ב-{product} עם כתובת זו.",
      button: "קבלת ההזמנה",
    },
    "new-device": {
      subject: "מכשיר חדש נכנס ל-{product}",
      lead: "בוצעה כניסה לחשבון ב-{product} ממכשיר שלא נראה כאן קודם: {about}.",
    },
    "second-factor-added": {
      subject: "לחשבון ב-{product} יש גורם שני",
      lead: "מעתה {product} מבקש סיסמה חד-פעמית בכניסה.",
    },
    "second-factor-removed": {
      subject: "לחשבון ב-{product} אין עוד גורם שני",
      lead: "מעתה {product} אינו מבקש סיסמה חד-פעמית בכניסה.",
    },
    "passkey-added": {
      subject: "מפתח גישה נוסף לחשבון ב-{product}",
      lead: "מעתה אפשר להיכנס עם מפתח גישה זה לחשבון ב-{product}: {about}.",
    },
    "passkey-removed": {
      subject: "מפתח גישה הוסר מהחשבון ב-{product}",
      lead: "אי אפשר עוד להיכנס עם מפתח גישה זה לחשבון ב-{product}: {about}.",
    },
    "password-removed": {
      subject: "הסיסמה ב-{product} הוסרה",
      lead: "הסיסמה של החשבון ב-{product} הוסרה. דרכי הכניסה האחרות נשארות.",
    },
    "recovery-codes-made": {
      subject: "קודי שחזור חדשים לחשבון ב-{product}",
      lead: "נוצרו קודי שחזור חדשים לחשבון ב-{product}. הישנים אינם שווים עוד דבר.",
    },
    "identity-added": {
      subject: "חשבון בשירות אחר חובר לחשבון ב-{product}",
      lead: "מעתה אפשר להיכנס עם חשבון זה בשירות אחר לחשבון ב-{product}: {about}.",
    },
    "identity-removed": {
      subject: "חשבון בשירות אחר נותק מהחשבון ב-{product}",
      lead: "אי אפשר עוד להיכנס עם חשבון זה בשירות אחר לחשבון ב-{product}: {about}.",
    },
    "account-removed": {
      subject: "החשבון ב-{product} נמחק",
      lead: "החשבון ב-{product} אינו קיים עוד, וכך גם כל מה שהתיר.",
    },
  },
};
