import type { Words } from "../words.ts";

export const mail: Words["mail"] = {
  code: "اكتب هذا الرمز في الصفحة التي بدأت فيها:",
  tellNobody: "لا تخبر به أحداً: لن يطلبه منك أحد من القائمين على {product}.",
  orOpen: "أو انسخ هذا العنوان إلى متصفحك:",
  lifetime: "يعمل مرة واحدة، ولمدة {time}.",
  ignore: "ألم تطلب هذا؟ إذن تجاهل هذه الرسالة: لا يحدث شيء من دونها.",
  notYou: "ألم تكن أنت؟ إذن سجّل الدخول إلى {product} الآن، وأنهِ كل جلسة لا تعرفها، وعيّن كلمة مرور جديدة.",
  tooLate: "ألم تكن أنت؟ إذن اكتب إلى القائمين على {product}.",
  account: "إدارة حسابك",
  sentBy: "أُرسلت من {product}، {host}. لا أحد يقرأ الردود على هذه الرسالة.",
  letters: {
    "sign-in": {
      subject: "تسجيل الدخول إلى {product}",
      lead: "يريد شخص ما، ونرجو أن تكون أنت، تسجيل الدخول إلى {product} بهذا العنوان.",
      button: "تسجيل الدخول",
    },
    "sign-up": {
      subject: "تأكيد عنوانك لدى {product}",
      lead: "يريد شخص ما، ونرجو أن تكون أنت، إنشاء حساب لدى {product} بهذا العنوان.",
      button: "تأكيد العنوان",
    },
    "already-here": {
      subject: "لديك حساب لدى {product} بالفعل",
      lead: "أراد شخص ما، ونرجو أن تكون أنت، إنشاء حساب لدى {product} بهذا العنوان. يوجد حساب بالفعل: سجّل الدخول به، أو عيّن كلمة مرور جديدة إذا نسيت كلمة مرورك.",
      button: "تسجيل الدخول",
    },
    "verify-email": {
      subject: "تأكيد عنوانك لدى {product}",
      lead: "أكّد أن هذا العنوان لك، ليتمكن {product} من الاعتماد عليه.",
      button: "تأكيد العنوان",
    },
    "change-email": {
      subject: "تأكيد عنوانك الجديد لدى {product}",
      lead: "سيكون هذا العنوان من الآن لحساب لدى {product}. أكّد أنه لك.",
      button: "تأكيد العنوان",
    },
    "email-changed": {
      subject: "تغيّر عنوان حسابك لدى {product}",
      lead: "لحسابك لدى {product} الآن عنوان آخر: {about}. تُرسل رسائله إلى هناك.",
    },
    "reset-password": {
      subject: "كلمة مرور جديدة لدى {product}",
      lead: "طلب شخص ما، ونرجو أن تكون أنت، تعيين كلمة مرور جديدة للحساب الذي له هذا العنوان لدى {product}.",
      button: "تعيين كلمة مرور جديدة",
    },
    "password-changed": {
      subject: "تغيّرت كلمة مرورك لدى {product}",
      lead: "تم تغيير كلمة مرور حسابك لدى {product}.",
    },
    invitation: {
      subject: "دعوة إلى {product}",
      lead: "يمكنك إنشاء حساب لدى {product} بهذا العنوان.",
      button: "قبول الدعوة",
    },
    "new-device": {
      subject: "سجّل جهاز جديد الدخول إلى {product}",
      lead: "تم تسجيل الدخول إلى حسابك لدى {product} من جهاز لم يُرَ هنا من قبل: {about}.",
    },
    "second-factor-added": {
      subject: "لحسابك لدى {product} عامل ثانٍ",
      lead: "من الآن يطلب {product} كلمة مرور لمرة واحدة عند تسجيل الدخول.",
    },
    "second-factor-removed": {
      subject: "لم يعد لحسابك لدى {product} عامل ثانٍ",
      lead: "من الآن لا يطلب {product} كلمة مرور لمرة واحدة عند تسجيل الدخول.",
    },
    "passkey-added": {
      subject: "أُضيف مفتاح مرور إلى حسابك لدى {product}",
      lead: "من الآن يسجّل مفتاح المرور هذا الدخول إلى حسابك لدى {product}: {about}.",
    },
    "passkey-removed": {
      subject: "أُزيل مفتاح مرور من حسابك لدى {product}",
      lead: "لم يعد مفتاح المرور هذا يسجّل الدخول إلى حسابك لدى {product}: {about}.",
    },
    "password-removed": {
      subject: "أُزيلت كلمة مرورك لدى {product}",
      lead: "أُزيلت كلمة مرور حسابك لدى {product}. تبقى طرق الدخول الأخرى.",
    },
    "recovery-codes-made": {
      subject: "رموز استرداد جديدة لحسابك لدى {product}",
      lead: "أُنشئت رموز استرداد جديدة لحسابك لدى {product}. لم تعد للقديمة قيمة.",
    },
    "identity-added": {
      subject: "رُبط حساب لدى خدمة أخرى بحسابك لدى {product}",
      lead: "من الآن يسجّل هذا الحساب لدى خدمة أخرى الدخول إلى حسابك لدى {product}: {about}.",
    },
    "identity-removed": {
      subject: "أُلغي ربط حساب لدى خدمة أخرى بحسابك لدى {product}",
      lead: "لم يعد هذا الحساب لدى خدمة أخرى يسجّل الدخول إلى حسابك لدى {product}: {about}.",
    },
    "account-removed": {
      subject: "تم حذف حسابك لدى {product}",
      lead: "لم يعد حسابك لدى {product} موجوداً، ومعه كل ما سمح به.",
    },
  },
};
