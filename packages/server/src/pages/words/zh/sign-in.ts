import type { Words } from "../words.ts";

export const signIn: Words["signIn"] = {
  title: "登录",
  email: "电子邮箱",
  password: "密码",
  submit: "登录",
  toLet: "以允许 **{client}** 使用 **{resource}**",
  toContinue: "以继续前往 **{client}**",
  toConnectDevice: "以连接设备",
  toSeeAccount: "以查看您授予的访问权限",
  wrong: "电子邮箱或密码不正确。",
  demonstration: "演示账户",
  demonstrationHint: "因为这是开发服务器，所以显示。",
  noRole: "没有其他角色",
};

export const signOut: Words["signOut"] = {
  title: "要退出登录吗？",
  clientAsks: "**{client}** 请求让您退出登录。",
  signedIn: "您已以 **{email}** 登录 {product}。",
  stay: "保持登录",
  submit: "退出登录",
  doneTitle: "已退出登录",
  doneHeading: "您已退出登录",
  done: "此浏览器已退出 {product}。您允许的应用会保留访问权限，直到被终止或过期。",
  signInAgain: "重新登录",
};
