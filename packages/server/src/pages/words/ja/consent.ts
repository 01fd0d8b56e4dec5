import type { Words } from "../words.ts";

export const appAccess: Words["appAccess"] = {
  registered: "{product} の運営者が登録しました。",
  document: "このホストにあるアプリ自身の文書に記載されています。",
  selfRegistered: "アプリが自ら登録しました。誰も確認していません。",
  noScopes: "ログインしたことを知る以外の権限は求めていません。",
  willBeAbleTo: "許可すると、次のことができます",
  newlyAbleTo: "新規: 次のこともできるようになります",
  alreadyAllowed: "すでに許可していること",
  required: "必須",
  low: "リスク低",
  medium: "リスク中",
  high: "リスク高",
  openid: "あなたがログインしたことを知る",
  profile: "名前を読み取る",
  emailScope: "メールアドレスを読み取る",
  offlineAccess: "あなたが終了するまで、不在の間も接続を保つ",
  untick: "できるようにしたくない項目のチェックを外してください。",
};

export const consent: Words["consent"] = {
  title: "アクセスを許可しますか？",
  wantsAccess: "アクセスを求めています",
  wantsAccessTo: "{resource} へのアクセスを求めています",
  refuse: "拒否",
  allow: "許可",
  remembered: "許可すると、同じアクセスについて再び尋ねられることはありません。",
  notRemembered: "回答は記憶されません。次回もう一度尋ねられます。",
  whoAsks: "要求元",
  youReturnTo: "戻り先",
  programOnThisComputer: "このコンピューター上のプログラムです。",
  accessTo: "アクセス先",
  signedInAs: "ログイン中のアカウント",
  website: "ウェブサイトとして {host} を挙げています",
  selfRegisteredCaution:
    "**この名前は確認されていません。** アプリは自ら登録し、名前を自分で選びました。戻り先を見て判断してください。",
  loopbackCaution:
    "**このコンピューター上のどのプログラムもこの名前を名乗れます。** たった今ご自分で起動した場合にだけ許可してください。",
  newCaution: "**このアプリはここでは新しいものです。** 今日より前にこのサーバーで使った人はいません。",
  proven: "証明済み: 応答はこのアプリだけに届きます。",
  notProven: "未証明: 別のプログラムがこの名前を使っている可能性があります。",
  firstSeen: "このサーバーが最初に確認した時期: {ago}",
  howLong: "期間",
  untilEnded: "自分で終了するまで",
  forTime: "{time}（{date} まで）",
  lengthForAll: "これは、以前に許可したものを含め、上記のすべてに適用されます。",
  stays:
    "不在の間もあなたの代わりに操作できます。{idle}使われなかった場合と、いずれの場合も{longest}後には、もう一度許可を求める必要があります。",
  staysShortly: "{time}あなたの代わりに操作でき、その後はもう一度許可を求める必要があります。",
};
