import type { Words } from "../words.ts";

export const places: Words["places"] = {
  thisComputer: "このコンピューター",
  privateNetwork: "プライベートネットワーク",
  unknown: "不明な場所",
  city: "{country} {city}",
};

export const sessions: Words["sessions"] = {
  title: "ログインしている場所",
  lead: "このアカウントにログインしているブラウザーです。見覚えのないものは終了し、パスワードを変更してください。",
  current: "このブラウザー",
  place: "{place}。ログイン: {since}、最終使用: {used}。",
  end: "ログアウト",
  endOthers: "他のすべての場所でログアウト",
  unnamed: "何であるかを示さなかったブラウザー",
  ended: "そのブラウザーをログアウトしました。",
  othersEnded: "他のすべてのブラウザーをログアウトしました。",
};
