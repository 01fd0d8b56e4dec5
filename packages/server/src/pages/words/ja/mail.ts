import type { Words } from "../words.ts";

export const mail: Words["mail"] = {
  code: "始めたページでこのコードを入力してください:",
  tellNobody: "誰にも教えないでください。{product} の運営者が尋ねることはありません。",
  orOpen: "または、このアドレスをブラウザーに貼り付けてください:",
  lifetime: "{time}以内に 1 回だけ使えます。",
  ignore: "お心当たりがない場合は、このメールを無視してください。何も起こりません。",
  notYou:
    "ご本人でない場合は、今すぐ {product} にログインし、見覚えのないセッションをすべて終了して、新しいパスワードを設定してください。",
  tooLate: "ご本人でない場合は、{product} の運営者に連絡してください。",
  account: "アカウントを管理する",
  sentBy: "{product}（{host}）から送信されました。このメールへの返信は読まれません。",
  letters: {
    "sign-in": {
      subject: "{product} へのログイン",
      lead: "このアドレスで {product} へのログインが求められました。ご本人であれば続けてください。",
      button: "ログイン",
    },
    "sign-up": {
      subject: "{product} で使うアドレスの確認",
      lead: "このアドレスで {product} のアカウント作成が求められました。ご本人であれば続けてください。",
      button: "アドレスを確認",
    },
    "already-here": {
      subject: "{product} のアカウントはすでにあります",
      lead: "このアドレスで {product} のアカウント作成が求められました。アカウントはすでにあります。それでログインするか、パスワードを忘れた場合は新しいパスワードを設定してください。",
      button: "ログイン",
    },
    "verify-email": {
      subject: "{product} でのアドレスの確認",
      lead: "{product} が利用できるように、このアドレスがあなたのものであることを確認してください。",
      button: "アドレスを確認",
    },
    "change-email": {
      subject: "{product} での新しいアドレスの確認",
      lead: "{product} のアカウントのアドレスがこのアドレスに変わります。あなたのものであることを確認してください。",
      button: "アドレスを確認",
    },
    "email-changed": {
      subject: "{product} のアカウントのアドレスが変わりました",
      lead: "{product} のアカウントのアドレスは {about} に変わりました。今後のメールはそちらに届きます。",
    },
    "reset-password": {
      subject: "{product} の新しいパスワード",
      lead: "このアドレスの {product} アカウントについて、新しいパスワードの設定が求められました。ご本人であれば続けてください。",
      button: "新しいパスワードを設定",
    },
    "password-changed": {
      subject: "{product} のパスワードが変わりました",
      lead: "{product} のアカウントのパスワードが変更されました。",
    },
    invitation: {
      subject: "{product} への招待",
      lead: "このアドレスで {product} のアカウントを作成できます。",
      button: "招待を受ける",
    },
    "new-device": {
      subject: "新しいデバイスが {product} にログインしました",
      lead: "{product} のアカウントに、これまで使われていないデバイスからログインがありました: {about}。",
    },
    "second-factor-added": {
      subject: "{product} のアカウントに第 2 要素が設定されました",
      lead: "今後、{product} はログイン時にワンタイムパスワードを求めます。",
    },
    "second-factor-removed": {
      subject: "{product} のアカウントの第 2 要素が削除されました",
      lead: "今後、{product} はログイン時にワンタイムパスワードを求めません。",
    },
    "passkey-added": {
      subject: "{product} のアカウントにパスキーが追加されました",
      lead: "今後、このパスキーで {product} のアカウントにログインできます: {about}。",
    },
    "passkey-removed": {
      subject: "{product} のアカウントからパスキーが削除されました",
      lead: "このパスキーでは {product} のアカウントにログインできなくなりました: {about}。",
    },
    "password-removed": {
      subject: "{product} のパスワードが削除されました",
      lead: "{product} のアカウントのパスワードが削除されました。他のログイン方法は残っています。",
    },
    "recovery-codes-made": {
      subject: "{product} のアカウントの新しいリカバリーコード",
      lead: "{product} のアカウントの新しいリカバリーコードが作成されました。古いコードは無効です。",
    },
    "identity-added": {
      subject: "他のサービスのアカウントが {product} のアカウントと連携されました",
      lead: "今後、この他のサービスのアカウントで {product} のアカウントにログインできます: {about}。",
    },
    "identity-removed": {
      subject: "他のサービスのアカウントと {product} のアカウントの連携が解除されました",
      lead: "この他のサービスのアカウントでは {product} のアカウントにログインできなくなりました: {about}。",
    },
    "account-removed": {
      subject: "{product} のアカウントが削除されました",
      lead: "{product} のアカウントと、そこで許可したものはすべてなくなりました。",
    },
  },
};
