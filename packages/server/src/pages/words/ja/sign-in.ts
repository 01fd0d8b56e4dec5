import type { Words } from "../words.ts";

export const signIn: Words["signIn"] = {
  title: "ログイン",
  email: "メールアドレス",
  password: "パスワード",
  submit: "ログイン",
  toLet: "**{client}** に **{resource}** の利用を許可するため",
  toContinue: "**{client}** へ進むため",
  toConnectDevice: "デバイスを接続するため",
  toSeeAccount: "アクセスを許可した相手を確認するため",
  wrong: "メールアドレスまたはパスワードが正しくありません。",
  demonstration: "デモ用アカウント",
  demonstrationHint: "開発用サーバーのため表示しています。",
  noRole: "その他のロールなし",
};

export const signOut: Words["signOut"] = {
  title: "ログアウトしますか？",
  clientAsks: "**{client}** がログアウトを求めています。",
  signedIn: "{product} に **{email}** としてログインしています。",
  stay: "ログインしたままにする",
  submit: "ログアウト",
  doneTitle: "ログアウトしました",
  doneHeading: "ログアウトしました",
  done: "このブラウザーは {product} からログアウトしました。許可したアプリのアクセスは、終了するか期限が切れるまで続きます。",
  signInAgain: "もう一度ログイン",
};
