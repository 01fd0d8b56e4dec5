import type { Words } from "../words.ts";

export const invitation: Words["invitation"] = {
  title: "招待されています",
  lead: "{product} のアカウントを作成してください。",
  submit: "アカウントを作成",
  passwordless: "パスワードやパスキーはアカウントページで設定できます。",
  spentTitle: "この招待はもう使えません",
  spent: "招待は、限られた期間に 1 回だけ使えます。",
  spentWhatToDo:
    "この招待でアカウントを作成済みの場合は、ログインしてください。まだの場合は、招待した人に新しい招待を依頼してください。",
};

export const reset: Words["reset"] = {
  title: "パスワードを忘れましたか？",
  lead: "アカウントのアドレスを入力してください。新しいパスワードを設定するリンクをメールでお送りします。",
  submit: "リンクをメールで受け取る",
  sentTitle: "メールを確認してください",
  sent: "**{email}** のアカウントがあれば、リンクを記載したメールを送信しました。リンクの有効期間は {minutes} です。",
  sentHint: "メールが届きませんか？ 迷惑メールを確認し、アドレスを確かめ、数分後にもう一度依頼してください。",
  newTitle: "新しいパスワードを設定",
  newPassword: "新しいパスワード",
  signOut: "すべての場所でログアウト",
  signOutHint: "ログイン中のすべてのブラウザーで、もう一度ログインが必要になります。",
  endAccess: "すべてのアプリとエージェントのアクセスも終了する",
  endAccessHint:
    "それぞれがあらためて許可を求める必要があります。他の人がアカウントを使った可能性がある場合に行ってください。",
  newSubmit: "パスワードを設定",
  doneTitle: "新しいパスワードを設定しました",
  done: "今後はこのパスワードでログインしてください。",
  doneSignedOut: "すべてのブラウザーで、もう一度ログインが必要です。",
  doneEndedAccess: "アクセスできるアプリやエージェントはもうありません。",
  spentTitle: "このリンクはもう使えません",
  spent: "新しいパスワードのリンクは短い期間に 1 回だけ使え、最新のものだけが有効です。",
  spentAgain: "新しいリンクを依頼",
};

export const signUp: Words["signUp"] = {
  title: "アカウントを作成",
  name: "名前",
  email: "メールアドレス",
  password: "パスワード",
  optionalPassword: "パスワード（任意）",
  passwordHint: "{minimum} 文字以上。文を使うとよいでしょう。",
  noPasswordHint: "パスワードがない場合は、ログインのたびにコードをメールでお送りします。",
  submit: "続ける",
  haveAccount: "アカウントを持っています: ログイン",
  codeTitle: "メールを確認してください",
  codeLead:
    "**{email}** 宛てにメールを送信しました。記載されたコードを入力してください。有効なのは {minutes}、このブラウザーに限ります。このアドレスのアカウントがすでにある場合は、その旨がメールに書かれています。",
  codeSubmit: "アカウントを作成",
};

export const verification: Words["verification"] = {
  title: "アドレスを確認してください",
  lead: "**{email}** はあなたのアドレスですか？",
  submit: "はい、確認します",
  doneTitle: "アドレスを確認しました",
  done: "**{email}** を確認しました。",
  spentTitle: "このリンクはもう使えません",
  spent: "アドレスを確認するリンクは、限られた期間に 1 回だけ使えます。",
  spentWhatToDo: "アドレスがまだ確認されていない場合は、アカウントページで新しいリンクを依頼してください。",
};
