import type { Words } from "../words.ts";

export const frame: Words["frame"] = {
  errorTitle: "エラー: {title}",
  caution: "注意",
  language: "言語: {name}",
  privacy: "プライバシー",
  terms: "利用規約",
  support: "ヘルプ",
  or: "または",
  back: "戻る",
  continue: "続ける",
  cancel: "キャンセル",
  signedInAs: "**{email}** としてログインしています。",
  useAnotherAccount: "別のアカウントを使う",
};

export const time: Words["time"] = {
  lessThanAMinuteAgo: "1 分以内",
};

export const userAgent: Words["userAgent"] = {
  browserOn: "{browser}（{system}）",
  aBrowser: "ブラウザー",
  program: "{language} で書かれたプログラム",
  iphone: "iPhone",
  ipad: "iPad",
  android: "Android",
  windows: "Windows",
  chromeos: "ChromeOS",
  mac: "Mac",
  linux: "Linux",
};
