import type { Words } from "../words.ts";

export const signIn: Words["signIn"] = {
  title: "로그인",
  email: "이메일",
  password: "비밀번호",
  submit: "로그인",
  toLet: "**{client}** 앱이 **{resource}**에 접근하도록 허용하려면",
  toContinue: "**{client}**(으)로 계속하려면",
  toConnectDevice: "기기를 연결하려면",
  toSeeAccount: "접근을 허용한 대상을 보려면",
  wrong: "이메일 또는 비밀번호가 올바르지 않습니다.",
  demonstration: "데모 계정",
  demonstrationHint: "개발 서버이므로 표시됩니다.",
  noRole: "추가 역할 없음",
};

export const signOut: Words["signOut"] = {
  title: "로그아웃할까요?",
  clientAsks: "**{client}** 앱이 로그아웃을 요청합니다.",
  signedIn: "{product}에 **{email}**(으)로 로그인되어 있습니다.",
  stay: "로그인 유지",
  submit: "로그아웃",
  doneTitle: "로그아웃됨",
  doneHeading: "로그아웃되었습니다",
  done: "이 브라우저는 {product}에서 로그아웃되었습니다. 허용한 앱의 접근은 종료되거나 만료될 때까지 유지됩니다.",
  signInAgain: "다시 로그인",
};
