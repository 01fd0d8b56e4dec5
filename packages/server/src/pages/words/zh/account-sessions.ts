import type { Words } from "../words.ts";

export const places: Words["places"] = {
  thisComputer: "此计算机",
  privateNetwork: "专用网络",
  unknown: "未知位置",
  city: "{country} {city}",
};

export const sessions: Words["sessions"] = {
  title: "您登录的位置",
  lead: "已登录您账户的浏览器。请终止您不认识的，然后更改密码。",
  current: "此浏览器",
  place: "{place}。登录：{since}；最近使用：{used}。",
  end: "退出登录",
  endOthers: "在其他所有位置退出登录",
  unnamed: "没有说明自己是什么的浏览器",
  ended: "该浏览器已退出登录。",
  othersEnded: "其他所有浏览器均已退出登录。",
};
