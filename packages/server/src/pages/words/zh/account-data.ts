import type { Words } from "../words.ts";

export const profile: Words["profile"] = {
  title: "您的数据",
  about: "关于您",
  name: "姓名",
  language: "页面和邮件的语言",
  anyLanguage: "浏览器的语言",
  save: "保存",
  saved: "已保存。",
  download: "下载",
  downloadLead:
    "关于您所保存的全部内容（JSON）：您的账户、通行密钥、设备、应用和发生过的事情。其中没有密码或机密。",
  downloadSubmit: "下载您的数据",
  remove: "删除账户",
  removeLead: "您的账户及其中的一切会立即消失，无人能够恢复。",
  removeTitle: "要删除您的账户吗？",
  removeConsequences:
    "您会在所有位置退出登录，每个应用和智能体都会失去访问权限，您的通行密钥、密码和已关联的账户都不能再让您登录。发生过的事情会保留在此服务器的记录中，直到过于陈旧。",
  removeType: "要继续，请输入此账户的邮箱：**{email}**",
  removeEmail: "此账户的邮箱",
  removeSubmit: "永久删除账户",
  removeWrong: "这不是此账户的邮箱。",
  removedTitle: "您的账户已删除",
  removed: "您的账户及其中的一切已消失。再见。",
};
