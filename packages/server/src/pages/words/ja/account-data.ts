import type { Words } from "../words.ts";

export const profile: Words["profile"] = {
  title: "あなたのデータ",
  about: "プロフィール",
  name: "名前",
  language: "ページとメールの言語",
  anyLanguage: "ブラウザーの言語",
  save: "保存",
  saved: "保存しました。",
  download: "ダウンロード",
  downloadLead:
    "あなたについて保管されているすべて（アカウント、パスキー、デバイス、アプリ、これまでの出来事）の JSON です。パスワードやシークレットは含まれません。",
  downloadSubmit: "データをダウンロード",
  remove: "アカウントを削除",
  removeLead: "アカウントとその中身はすぐになくなり、誰も元に戻せません。",
  removeTitle: "アカウントを削除しますか？",
  removeConsequences:
    "すべての場所でログアウトされ、すべてのアプリとエージェントがアクセスを失い、パスキー、パスワード、連携したアカウントではログインできなくなります。これまでの出来事は、古くなるまでこのサーバーの記録に残ります。",
  removeType: "続けるには、このアカウントのアドレスを入力してください: **{email}**",
  removeEmail: "このアカウントのアドレス",
  removeSubmit: "アカウントを完全に削除",
  removeWrong: "このアカウントのアドレスではありません。",
  removedTitle: "アカウントを削除しました",
  removed: "アカウントとその中身はなくなりました。ご利用ありがとうございました。",
};
