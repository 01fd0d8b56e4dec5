import type { Words } from "../words.ts";

export const appAccess: Words["appAccess"] = {
  registered: "由 {product} 的运营者注册。",
  document: "由此主机上该应用自己的文档描述。",
  selfRegistered: "自行注册；无人核实。",
  noScopes: "它不请求任何权限，只会知道您已登录。",
  willBeAbleTo: "它将能够",
  newlyAbleTo: "新增：它还将能够",
  alreadyAllowed: "您已允许",
  required: "必需",
  low: "低风险",
  medium: "中等风险",
  high: "高风险",
  openid: "知道登录的人是您",
  profile: "读取您的姓名",
  emailScope: "读取您的电子邮箱",
  offlineAccess: "在您离开时保持连接，直到您终止",
};

export const consent: Words["consent"] = {
  title: "允许访问吗？",
  wantsAccess: "请求访问权限",
  wantsAccessTo: "请求访问 {resource}",
  refuse: "拒绝",
  allow: "允许",
  remembered: "如果允许，以后不会再为相同的访问权限询问您。",
  notRemembered: "您的回答不会被记住：下次会再次询问。",
  whoAsks: "请求者",
  youReturnTo: "您将返回",
  programOnThisComputer: "此计算机上的程序。",
  accessTo: "访问对象",
  signedInAs: "登录身份",
  website: "它声明的网站是 {host}",
  selfRegisteredCaution: "**此名称未经核实。** 该应用自行注册并自选名称。请根据您将返回的位置来判断。",
  loopbackCaution: "**此计算机上的任何程序都可以使用此名称。** 只有在您刚刚亲自启动它时才允许。",
  newCaution: "**此应用在这里是新的。** 今天之前没有人在此服务器上使用过它。",
};
