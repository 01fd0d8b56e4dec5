import type { Words } from "../words.ts";

export const frame: Words["frame"] = {
  errorTitle: "오류: {title}",
  caution: "주의",
  language: "언어: {name}",
  privacy: "개인정보",
  terms: "약관",
  support: "도움말",
  or: "또는",
  back: "뒤로",
  continue: "계속",
  cancel: "취소",
  signedInAs: "**{email}**(으)로 로그인되어 있습니다.",
  useAnotherAccount: "다른 계정 사용",
};

export const time: Words["time"] = {
  lessThanAMinuteAgo: "1분 이내",
};

export const userAgent: Words["userAgent"] = {
  browserOn: "{system}의 {browser}",
  aBrowser: "브라우저",
  program: "{language}(으)로 작성된 프로그램",
  iphone: "iPhone",
  ipad: "iPad",
  android: "Android",
  windows: "Windows",
  chromeos: "ChromeOS",
  mac: "Mac",
  linux: "Linux",
};
