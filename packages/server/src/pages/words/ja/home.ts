import type { Words } from "../words.ts";

export const home: Words["home"] = {
  title: "ホーム",
  heading: "アプリとエージェントのためのログイン",
  lead: "このサーバーは、利用者をログインさせ、それぞれが許可した範囲でアプリとエージェントが代わりに操作できるようにします。",
  account: "アクセスを許可した相手を確認",
  discovery: "ディスカバリー",
  authorizationServer: "認可サーバーのメタデータ",
  openid: "OpenID の設定",
  keys: "鍵",
};

export const setUp: Words["setUp"] = {
  title: "セットアップ",
  heading: "{product} をセットアップ",
  lead: "最初の管理者アカウントを作成してください。ここへ案内したリンクは 1 回だけ使えます。",
  email: "メールアドレス",
  name: "名前",
  password: "パスワード",
  passwordHint: "{minimum} 文字以上。文を使うとよいでしょう。",
  submit: "管理者アカウントを作成",
  giveEmail: "メールアドレスを入力してください。",
  emailTaken: "このメールアドレスはすでに使われています。",
  doneHeading: "最初の管理者アカウントを作成しました",
  done: "今後は **{name}** が {product} を管理します。リンクはもう使えません。",
  doneWithEmail: "今後は **{name}** {email} が {product} を管理します。リンクはもう使えません。",
  next: "次に、サーバーを動かしているマシンで {command} を実行し、MCP サーバーまたは API を登録してください。その後アプリを接続し、求められたらこのアカウントでログインしてください。",
  spentTitle: "このリンクはもう使えません",
  spent: "セットアップ用のリンクは、限られた期間に 1 回だけ使えます。",
  spentWhatToDo:
    "管理者アカウントがすでにある場合、ここで行うことはありません。ない場合は、サーバーを再起動すると新しいリンクが表示されます。",
};
