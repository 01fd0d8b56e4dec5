import type { Words } from "../words.ts";

export const accountPages: Words["accountPages"] = {
  label: "صفحات حسابك",
  apps: "التطبيقات والوكلاء",
  security: "طرق الدخول",
  sessions: "الأجهزة",
  activity: "النشاط",
  data: "بياناتك",
  confirmLead: "لتغيير شيء هنا، أكّد أولاً أنك أنت.",
  confirm: "تأكيد أنك أنت",
  stale: "تغيّر شيء في هذه الأثناء. هذا هو الوضع الآن.",
  made: "أُضيف {since}.",
  used: "آخر استخدام {used}.",
  unused: "لم يُستخدم بعد.",
};
