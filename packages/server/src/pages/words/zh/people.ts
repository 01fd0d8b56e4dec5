import type { Words } from "../words.ts";

export const invitation: Words["invitation"] = {
  title: "您收到了邀请",
  lead: "请创建您在 {product} 的账户。",
  submit: "创建账户",
  passwordless: "您可以在账户页面上设置密码或通行密钥。",
  spentTitle: "此邀请已失效",
  spent: "邀请只能使用一次，且有时间限制。",
  spentWhatToDo: "如果您已用它创建账户，请登录。如果没有，请向邀请您的人索取新的邀请。",
};

export const reset: Words["reset"] = {
  title: "忘记密码了吗？",
  lead: "请填写您账户的邮箱。我们会发送一个链接，供您设置新密码。",
  submit: "通过邮件发送链接",
  sentTitle: "请查看您的邮件",
  sent: "如果 **{email}** 在这里有账户，带有链接的邮件已发送。链接有效期 {minutes}。",
  sentHint: "没有收到邮件？请查看垃圾邮件、检查邮箱地址，或几分钟后重新申请。",
  newTitle: "设置新密码",
  newPassword: "新密码",
  signOut: "在所有位置退出登录",
  signOutHint: "您已登录的每个浏览器都必须重新登录。",
  endAccess: "同时终止所有应用和智能体的访问权限",
  endAccessHint: "它们都必须重新向您请求。如果可能有他人使用过您的账户，请这样做。",
  newSubmit: "设置密码",
  doneTitle: "新密码已设置",
  done: "从现在起请用它登录。",
  doneSignedOut: "每个浏览器都必须重新登录。",
  doneEndedAccess: "已没有任何应用或智能体拥有访问权限。",
  spentTitle: "此链接已失效",
  spent: "新密码的链接只能在短时间内使用一次，且只有最新的一个有效。",
  spentAgain: "申请新的链接",
};

export const signUp: Words["signUp"] = {
  title: "创建账户",
  name: "姓名",
  email: "电子邮箱",
  password: "密码",
  optionalPassword: "密码（可选）",
  passwordHint: "至少 {minimum} 个字符。用一句话就很好。",
  noPasswordHint: "如果没有密码，每次登录时我们会通过邮件发送验证码。",
  submit: "继续",
  haveAccount: "我有账户：登录",
  codeTitle: "请查看您的邮件",
  codeLead:
    "邮件已发往 **{email}**。请输入其中的验证码：有效期 {minutes}，且仅限此浏览器。如果该邮箱已有账户，邮件中会说明。",
  codeSubmit: "创建账户",
};

export const verification: Words["verification"] = {
  title: "确认您的邮箱",
  lead: "**{email}** 是您的邮箱吗？",
  submit: "是，确认",
  doneTitle: "您的邮箱已确认",
  done: "**{email}** 已确认。",
  spentTitle: "此链接已失效",
  spent: "确认邮箱的链接只能使用一次，且有时间限制。",
  spentWhatToDo: "如果您的邮箱尚未确认，请在账户页面上申请新的链接。",
};
