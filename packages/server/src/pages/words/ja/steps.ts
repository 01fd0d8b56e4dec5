import type { Words } from "../words.ts";

export const faults: Words["faults"] = {
  "password.wrong": "メールアドレスまたはパスワードが正しくありません。",
  "passkey.refused":
    "このパスキーは受け付けられませんでした。もう一度試すか、別の方法でログインしてください。",
  "code.wrong":
    "コードが正しくないか、無効になっています。最新のメールを確認するか、別のコードを送ってください。",
  "code.spent": "コードはすでに使われたか、無効になっています。別のコードを送ってください。",
  "one-time-password.wrong": "コードが正しくありません。アプリに次のコードが表示されるまでお待ちください。",
  "recovery-code.wrong": "リカバリーコードが正しくないか、すでに使われています。",
  "email.invalid": "メールアドレスを入力してください。",
  "name.missing": "名前を入力してください。",
  "invitation.spent": "この招待はすでに使われたか、無効になっています。新しい招待を依頼してください。",
  "upstream.disabled": "この方法でのログインは無効になっています。別の方法を選んでください。",
  "upstream.unreachable":
    "{upstream} が応答しません。しばらくしてからもう一度試すか、別の方法を選んでください。",
  "upstream.denied": "{upstream} ではログインできませんでした。もう一度試すか、別の方法を選んでください。",
  "upstream.answer":
    "{upstream} の応答を受け付けられませんでした。もう一度試してください。繰り返す場合は、このサーバーの運営者に知らせてください。",
  "upstream.not-linked":
    "同じメールアドレスのアカウントがここにあります。これまでの方法でログインしてから、アカウントページで {upstream} を連携してください。",
  "upstream.no-email":
    "{upstream} は、あなたのものと証明されたメールアドレスを示しませんでした。そちらでアドレスを確認し、提供を許可してからもう一度試すか、別の方法を選んでください。",
  "upstream.changed":
    "このメールアドレスのアカウントは、別の {upstream} アカウントと連携しています。そちらを使うか、別の方法でログインしてアカウントページで連携してください。",
  "upstream.taken":
    "この {upstream} アカウントは、ここの別のアカウントと連携しています。どのアカウントかを確認するには、それでログインしてください。",
  "upstream.stranger":
    "このログインに対応するアカウントはここにありません。お持ちの場合は、これまでの方法でログインし、アカウントページで {upstream} を連携してください。お持ちでない場合は、このサーバーの運営者にお尋ねください。",
  "upstream.stale":
    "{upstream} で本人確認があらためて行われませんでしたが、今はそれが必要です。そちらでログアウトしてからもう一度試すか、別の方法を選んでください。",
  "account.off": "このアカウントは無効になっています。このサーバーの運営者にお尋ねください。",
  "page.stale": "このページは最新ではありません。ここからやり直してください。",
};

export const steps: Words["steps"] = {
  withPasskey: "パスキーでログイン",
  mailCode: "コードをメールで受け取る",
  continueWith: "{upstream} で続ける",
  forgot: "パスワードを忘れましたか？",
  signUp: "アカウントを作成",
  otherWays: "他の方法でログイン",
  restart: "最初からやり直す",
  codeTitle: "メールを確認してください",
  codeLead:
    "**{email}** のアカウントがあれば、コードを送信しました。有効なのは {minutes}、このブラウザーに限ります。",
  code: "コード",
  codeSubmit: "ログイン",
  codeAgain: "別のコードを送る",
  secondTitle: "あと一段階です",
  secondLead: "**{email}** さんご本人であることを確認してください。",
  appCode: "認証アプリのコード",
  recoveryCode: "リカバリーコード",
  recoverySummary: "代わりにリカバリーコードを使う",
  recoveryHint: "各コードは 1 回だけ使えます。",
  usePasskey: "パスキーを使う",
  confirm: "確認",
  newSecondTitle: "2 段階目を設定",
  newSecondLead: "このアカウントには、ご本人であることを確認する 2 つ目の方法が必要です。",
  newPasskey: "パスキーを作成",
  newPasskeyHint: "デバイスの画面ロック、セキュリティキー、またはスマートフォンを使います。入力は不要です。",
  newApp: "認証アプリを使う",
  newAppHint: "スマートフォンのアプリが 30 秒ごとに新しいコードを表示します。",
  appTitle: "認証アプリを接続",
  appScan: "この画像をアプリで読み取るか、キーを入力してください。",
  appPicture: "認証アプリ用の QR コード",
  appKey: "キー",
  appOpen: "このデバイスのアプリで開く",
  appFirstCode: "次に、アプリに表示されたコードを入力してください",
  appOther: "別の方法を使う",
  recoveryTitle: "リカバリーコードを保管してください",
  recoveryLead:
    "スマートフォンを失くした場合、これらのコードでそれぞれ 1 回ログインできます。表示されるのは今だけです。印刷するか、パスワードと同じ場所に保管してください。",
  recoveryKept: "保管しました",
  passkeyCancelled: "パスキーは使われませんでした。もう一度試すか、別の方法でログインしてください。",
  passkeyKnown: "このデバイスには、このアカウントのパスキーがすでにあります。",
  passkeyFailed: "ここではブラウザーがパスキーを使えませんでした。",
};
