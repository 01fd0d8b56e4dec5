import type { Words } from "../words.ts";

export const appAccess: Words["appAccess"] = {
  registered: "سجّله القائمون على {product}.",
  document: "تصفه وثيقته الخاصة على هذا المضيف.",
  selfRegistered: "سجّل نفسه بنفسه؛ ولم يتحقق منه أحد.",
  noScopes: "لا يطلب أي إذن، ولن يعرف سوى أنك سجّلت الدخول.",
  willBeAbleTo: "سيتمكن من",
  newlyAbleTo: "جديد: سيتمكن أيضاً من",
  alreadyAllowed: "تسمح بالفعل بما يلي",
  required: "مطلوب",
  low: "خطر منخفض",
  medium: "خطر متوسط",
  high: "خطر مرتفع",
  openid: "معرفة أنك أنت من سجّل الدخول",
  profile: "قراءة اسمك",
  emailScope: "قراءة بريدك الإلكتروني",
  offlineAccess: "البقاء متصلاً في غيابك إلى أن تنهي ذلك",
};

export const consent: Words["consent"] = {
  title: "هل تسمح بالوصول؟",
  wantsAccess: "يطلب حق الوصول",
  wantsAccessTo: "يطلب حق الوصول إلى {resource}",
  refuse: "رفض",
  allow: "سماح",
  remembered: "إذا سمحت بذلك فلن تُسأل مرة أخرى عن حق الوصول نفسه.",
  notRemembered: "لا تُحفظ إجابتك: ستُسأل مرة أخرى في المرة القادمة.",
  whoAsks: "من يطلب",
  youReturnTo: "ستعود إلى",
  programOnThisComputer: "برنامج على هذا الكمبيوتر.",
  accessTo: "الوصول إلى",
  signedInAs: "تم تسجيل الدخول باسم",
  website: "يذكر أن موقعه هو {host}",
  selfRegisteredCaution:
    "**لم يُتحقق من هذا الاسم.** سجّل التطبيق نفسه بنفسه واختار اسمه. احكم عليه من المكان الذي ستعود إليه.",
  loopbackCaution: "**يستطيع أي برنامج على هذا الكمبيوتر ادعاء هذا الاسم.** اسمح فقط إذا شغّلته بنفسك الآن.",
  newCaution: "**هذا التطبيق جديد هنا.** لم يستخدمه أحد على هذا الخادم قبل اليوم.",
};
