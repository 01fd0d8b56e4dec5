import type { Words } from "../words.ts";

export const home: Words["home"] = {
  title: "홈",
  heading: "앱과 에이전트를 위한 로그인",
  lead: "이 서버에서 사람들은 로그인하고, 각자 허용한 범위에서 앱과 에이전트가 대신 작업하게 합니다.",
  account: "접근을 허용한 대상 보기",
  discovery: "디스커버리",
  authorizationServer: "인가 서버 메타데이터",
  openid: "OpenID 구성",
  keys: "키",
};

export const setUp: Words["setUp"] = {
  title: "설정",
  heading: "{product} 설정",
  lead: "첫 번째 관리자 계정을 만드세요. 여기로 안내한 링크는 한 번만 쓸 수 있습니다.",
  email: "이메일",
  name: "이름",
  password: "비밀번호",
  passwordHint: "{minimum}자 이상. 문장을 쓰면 좋습니다.",
  submit: "관리자 계정 만들기",
  giveEmail: "이메일을 입력하세요.",
  emailTaken: "이미 사용 중인 이메일입니다.",
  doneHeading: "첫 번째 관리자 계정을 만들었습니다",
  done: "이제부터 **{name}** 계정이 {product}을(를) 관리합니다. 링크는 다시 쓸 수 없습니다.",
  doneWithEmail: "이제부터 **{name}** {email} 계정이 {product}을(를) 관리합니다. 링크는 다시 쓸 수 없습니다.",
  next: "다음으로, 서버가 실행되는 컴퓨터에서 {command} 명령으로 MCP 서버나 API를 등록하세요. 그런 다음 앱을 연결하고, 앱이 요청하면 이 계정으로 로그인하세요.",
  spentTitle: "이 링크는 더 이상 쓸 수 없습니다",
  spent: "설정 링크는 제한된 시간 동안 한 번만 쓸 수 있습니다.",
  spentWhatToDo:
    "관리자 계정이 이미 있으면 여기에서 할 일이 없습니다. 없으면 서버를 다시 시작하세요. 새 링크가 표시됩니다.",
};
