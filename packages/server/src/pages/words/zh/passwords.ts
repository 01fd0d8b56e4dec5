import type { Words } from "../words.ts";

export const newPassword: Words["newPassword"] = {
  tooShort: "密码至少要有 {minimum} 个字符。",
  tooLong: "密码必须少于 {maximum} 字节。",
  leaked: "此密码出现在已泄露密码的集合中。请选择其他密码。",
  common: "此密码太容易被猜到：许多人使用类似的密码。请选择其他密码。",
  personal: "此密码太容易被猜到：其中包含姓名或地址。请选择其他密码。",
  repeated: "此密码太容易被猜到：内容重复。请添加其他词语。",
  row: "此密码太容易被猜到：是字母、数字或按键的连续序列。请添加其他词语。",
  date: "此密码太容易被猜到：基本上是一个日期。请添加其他词语。",
  short: "此密码太容易被猜到。请添加一两个词语。",
  strength: "密码强度",
  good: "强度足够。再加一个词语会更强。",
  strong: "很难被猜到。",
};
