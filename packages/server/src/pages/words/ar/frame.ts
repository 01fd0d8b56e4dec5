import type { Words } from "../words.ts";

export const frame: Words["frame"] = {
  errorTitle: "خطأ: {title}",
  caution: "تنبيه",
  language: "اللغة: {name}",
  privacy: "الخصوصية",
  terms: "الشروط",
  support: "المساعدة",
  or: "أو",
  back: "رجوع",
  continue: "متابعة",
  cancel: "إلغاء",
  signedInAs: "تم تسجيل الدخول باسم **{email}**.",
  useAnotherAccount: "استخدام حساب آخر",
};

export const time: Words["time"] = {
  lessThanAMinuteAgo: "قبل أقل من دقيقة",
};

export const userAgent: Words["userAgent"] = {
  browserOn: "{browser} على {system}",
  aBrowser: "متصفح",
  program: "برنامج مكتوب بلغة {language}",
  iphone: "جهاز iPhone",
  ipad: "جهاز iPad",
  android: "Android",
  windows: "Windows",
  chromeos: "ChromeOS",
  mac: "جهاز Mac",
  linux: "Linux",
};
