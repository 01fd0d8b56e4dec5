import type { Words } from "../words.ts";

export const accountPages: Words["accountPages"] = {
  label: "您的账户页面",
  apps: "应用和智能体",
  security: "登录方式",
  sessions: "设备",
  activity: "活动",
  data: "您的数据",
  confirmLead: "要在此更改内容，请先确认是您本人。",
  confirm: "确认是您本人",
  stale: "其间发生了变化。现在的情况如下。",
  made: "添加于{since}。",
  used: "最近使用：{used}。",
  unused: "尚未使用。",
};
