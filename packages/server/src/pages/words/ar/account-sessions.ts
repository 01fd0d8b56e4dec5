import type { Words } from "../words.ts";

export const places: Words["places"] = {
  thisComputer: "هذا الكمبيوتر",
  privateNetwork: "شبكة خاصة",
  unknown: "مكان غير معروف",
  city: "{city}، {country}",
};

export const sessions: Words["sessions"] = {
  title: "أين سجّلت الدخول",
  lead: "المتصفحات التي سجّلت الدخول إلى حسابك. أنهِ ما لا تعرفه منها، ثم غيّر كلمة المرور.",
  current: "هذا المتصفح",
  place: "{place}. تسجيل الدخول {since}؛ آخر استخدام {used}.",
  end: "تسجيل الخروج",
  endOthers: "تسجيل الخروج من كل مكان آخر",
  unnamed: "متصفح لم يذكر ما هو",
  ended: "تم تسجيل خروج ذلك المتصفح.",
  othersEnded: "تم تسجيل خروج كل متصفح آخر.",
};
