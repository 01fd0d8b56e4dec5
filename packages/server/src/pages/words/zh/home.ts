import type { Words } from "../words.ts";

export const home: Words["home"] = {
  title: "首页",
  heading: "应用和智能体的登录",
  lead: "人们在此服务器上登录，并让应用和智能体在各自允许的范围内代为操作。",
  account: "查看您授予的访问权限",
  discovery: "发现",
  authorizationServer: "授权服务器元数据",
  openid: "OpenID 配置",
  keys: "密钥",
};

export const setUp: Words["setUp"] = {
  title: "设置",
  heading: "设置 {product}",
  lead: "请创建第一个管理员账户。带您来到这里的链接只能使用一次。",
  email: "电子邮箱",
  name: "姓名",
  password: "密码",
  passwordHint: "至少 {minimum} 个字符。用一句话就很好。",
  submit: "创建管理员账户",
  giveEmail: "请填写电子邮箱。",
  emailTaken: "此电子邮箱已被使用。",
  doneHeading: "第一个管理员账户已创建",
  done: "从现在起由 **{name}** 管理 {product}。该链接不能再次使用。",
  doneWithEmail: "从现在起由 **{name}** {email} 管理 {product}。该链接不能再次使用。",
  next: "接下来，在运行它的机器上：{command} 让它认识一个 MCP 服务器或 API。然后连接应用，并在应用请求时用此账户登录。",
  spentTitle: "此链接已失效",
  spent: "设置链接只能使用一次，且有时间限制。",
  spentWhatToDo: "如果已有管理员账户，这里无需再做什么。如果没有，请重启服务器：它会显示新的链接。",
};
