import type { Words } from "../words.ts";

export const frame: Words["frame"] = {
  errorTitle: "שגיאה: {title}",
  caution: "זהירות",
  language: "שפה: {name}",
  privacy: "פרטיות",
  terms: "תנאים",
  support: "עזרה",
  or: "או",
  back: "חזרה",
  continue: "המשך",
  cancel: "ביטול",
  signedInAs: "מחובר בתור **{email}**.",
  useAnotherAccount: "שימוש בחשבון אחר",
};

export const time: Words["time"] = {
  lessThanAMinuteAgo: "לפני פחות מדקה",
};

export const userAgent: Words["userAgent"] = {
  browserOn: "{browser} ב-{system}",
  aBrowser: "דפדפן",
  program: "תוכנית שנכתבה ב-{language}",
  iphone: "iPhone",
  ipad: "iPad",
  android: "Android",
  windows: "Windows",
  chromeos: "ChromeOS",
  mac: "Mac",
  linux: "Linux",
};
