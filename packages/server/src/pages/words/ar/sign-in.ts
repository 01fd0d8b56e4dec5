import type { Words } from "../words.ts";

export const signIn: Words["signIn"] = {
  title: "تسجيل الدخول",
  email: "البريد الإلكتروني",
  password: "كلمة المرور",
  submit: "تسجيل الدخول",
  toLet: "للسماح لـ **{client}** باستخدام **{resource}**",
  toContinue: "للمتابعة إلى **{client}**",
  toConnectDevice: "لربط جهاز",
  toSeeAccount: "لعرض من منحته حق الوصول",
  wrong: "البريد الإلكتروني أو كلمة المرور غير صحيحة.",
  demonstration: "حسابات تجريبية",
  demonstrationHint: "تظهر لأن هذا خادم تطوير.",
  noRole: "بلا دور آخر",
};

export const signOut: Words["signOut"] = {
  title: "هل تريد تسجيل الخروج؟",
  clientAsks: "يطلب **{client}** تسجيل خروجك.",
  signedIn: "تم تسجيل دخولك إلى {product} باسم **{email}**.",
  stay: "البقاء مسجّلاً",
  submit: "تسجيل الخروج",
  doneTitle: "تم تسجيل الخروج",
  doneHeading: "تم تسجيل خروجك",
  done: "تم تسجيل خروج هذا المتصفح من {product}. تحتفظ التطبيقات التي سمحت لها بحق الوصول إلى أن يُنهى أو تنتهي مدته.",
  signInAgain: "تسجيل الدخول من جديد",
};
