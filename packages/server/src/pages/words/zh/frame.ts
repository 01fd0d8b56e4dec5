import type { Words } from "../words.ts";

export const frame: Words["frame"] = {
  errorTitle: "错误：{title}",
  caution: "注意",
  language: "语言：{name}",
  privacy: "隐私",
  terms: "条款",
  support: "帮助",
  or: "或",
  back: "返回",
  continue: "继续",
  cancel: "取消",
  signedInAs: "已以 **{email}** 的身份登录。",
  useAnotherAccount: "使用其他账户",
};

export const time: Words["time"] = {
  lessThanAMinuteAgo: "不到一分钟前",
};

export const userAgent: Words["userAgent"] = {
  browserOn: "{system} 上的 {browser}",
  aBrowser: "浏览器",
  program: "用 {language} 编写的程序",
  iphone: "iPhone",
  ipad: "iPad",
  android: "Android",
  windows: "Windows",
  chromeos: "ChromeOS",
  mac: "Mac",
  linux: "Linux",
};
