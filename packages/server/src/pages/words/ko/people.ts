import type { Words } from "../words.ts";

export const invitation: Words["invitation"] = {
  title: "초대받았습니다",
  lead: "{product} 계정을 만드세요.",
  submit: "계정 만들기",
  passwordless: "비밀번호나 패스키는 계정 페이지에서 설정할 수 있습니다.",
  spentTitle: "이 초대는 더 이상 쓸 수 없습니다",
  spent: "초대는 제한된 시간 동안 한 번만 쓸 수 있습니다.",
  spentWhatToDo: "이 초대로 계정을 만들었다면 로그인하세요. 아니라면 초대한 사람에게 새 초대를 요청하세요.",
};

export const reset: Words["reset"] = {
  title: "비밀번호를 잊으셨나요?",
  lead: "계정의 주소를 입력하세요. 새 비밀번호를 설정할 수 있는 링크를 이메일로 보내 드립니다.",
  submit: "이메일로 링크 받기",
  sentTitle: "이메일을 확인하세요",
  sent: "**{email}** 계정이 있으면 링크가 담긴 이메일을 보냈습니다. 링크의 유효 시간은 {minutes}입니다.",
  sentHint: "이메일이 없나요? 스팸 메일함을 보고, 주소를 확인하고, 몇 분 뒤에 다시 요청하세요.",
  newTitle: "새 비밀번호 설정",
  newPassword: "새 비밀번호",
  signOut: "모든 곳에서 로그아웃",
  signOutHint: "로그인되어 있는 모든 브라우저에서 다시 로그인해야 합니다.",
  endAccess: "모든 앱과 에이전트의 접근도 종료",
  endAccessHint: "각각 다시 요청해야 합니다. 다른 사람이 계정을 사용했을 수 있으면 선택하세요.",
  newSubmit: "비밀번호 설정",
  doneTitle: "새 비밀번호를 설정했습니다",
  done: "이제부터 이 비밀번호로 로그인하세요.",
  doneSignedOut: "모든 브라우저에서 다시 로그인해야 합니다.",
  doneEndedAccess: "접근할 수 있는 앱이나 에이전트가 더 이상 없습니다.",
  spentTitle: "이 링크는 더 이상 쓸 수 없습니다",
  spent: "새 비밀번호 링크는 짧은 시간 동안 한 번만, 가장 최근 것만 쓸 수 있습니다.",
  spentAgain: "새 링크 요청",
};

export const signUp: Words["signUp"] = {
  title: "계정 만들기",
  name: "이름",
  email: "이메일",
  password: "비밀번호",
  optionalPassword: "비밀번호(선택 사항)",
  passwordHint: "{minimum}자 이상. 문장을 쓰면 좋습니다.",
  noPasswordHint: "비밀번호가 없으면 로그인할 때마다 이메일로 코드를 보내 드립니다.",
  submit: "계속",
  haveAccount: "계정이 있습니다: 로그인",
  codeTitle: "이메일을 확인하세요",
  codeLead:
    "**{email}**(으)로 이메일을 보냈습니다. 거기에 있는 코드를 입력하세요. 유효 시간은 {minutes}이며 이 브라우저에서만 쓸 수 있습니다. 이 주소로 된 계정이 이미 있으면 이메일에 적혀 있습니다.",
  codeSubmit: "계정 만들기",
};

export const verification: Words["verification"] = {
  title: "주소를 확인하세요",
  lead: "**{email}** 주소가 맞나요?",
  submit: "예, 확인합니다",
  doneTitle: "주소가 확인되었습니다",
  done: "**{email}** 주소가 확인되었습니다.",
  spentTitle: "이 링크는 더 이상 쓸 수 없습니다",
  spent: "주소를 확인하는 링크는 제한된 시간 동안 한 번만 쓸 수 있습니다.",
  spentWhatToDo: "주소가 아직 확인되지 않았으면 계정 페이지에서 새 링크를 요청하세요.",
};
