import type { Words } from "../words.ts";

export const accountPages: Words["accountPages"] = {
  label: "アカウントのページ",
  apps: "アプリとエージェント",
  security: "ログイン方法",
  sessions: "デバイス",
  activity: "アクティビティ",
  data: "あなたのデータ",
  confirmLead: "ここで何かを変更するには、まずご本人であることを確認してください。",
  confirm: "本人確認をする",
  stale: "その間に変更がありました。現在の状態は次のとおりです。",
  made: "追加: {since}。",
  used: "最終使用: {used}。",
  unused: "まだ使われていません。",
};
