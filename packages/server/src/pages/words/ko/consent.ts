import type { Words } from "../words.ts";

export const appAccess: Words["appAccess"] = {
  registered: "{product} 운영자가 등록했습니다.",
  document: "이 호스트에 있는 앱 자체 문서에 설명되어 있습니다.",
  selfRegistered: "스스로 등록했습니다. 아무도 확인하지 않았습니다.",
  noScopes: "로그인 사실을 아는 것 외에는 어떤 권한도 요청하지 않습니다.",
  willBeAbleTo: "허용하면 다음을 할 수 있습니다",
  newlyAbleTo: "새 항목: 다음도 할 수 있게 됩니다",
  alreadyAllowed: "이미 허용한 항목",
  required: "필수",
  low: "낮은 위험",
  medium: "중간 위험",
  high: "높은 위험",
  openid: "로그인한 사람이 본인임을 알기",
  profile: "이름 읽기",
  emailScope: "이메일 읽기",
  offlineAccess: "종료할 때까지 자리에 없을 때도 연결 유지",
  untick: "할 수 없어야 하는 항목의 선택을 해제하세요.",
};

export const consent: Words["consent"] = {
  title: "접근을 허용할까요?",
  wantsAccess: "접근을 요청합니다",
  wantsAccessTo: "{resource}에 대한 접근을 요청합니다",
  refuse: "거부",
  allow: "허용",
  remembered: "허용하면 같은 접근에 대해 다시 묻지 않습니다.",
  notRemembered: "응답은 기억되지 않습니다. 다음에 다시 묻습니다.",
  whoAsks: "요청한 앱",
  youReturnTo: "돌아갈 곳",
  programOnThisComputer: "이 컴퓨터의 프로그램입니다.",
  accessTo: "접근 대상",
  signedInAs: "로그인한 계정",
  website: "앱이 밝힌 웹사이트: {host}",
  selfRegisteredCaution:
    "**이 이름은 확인되지 않았습니다.** 앱이 스스로 등록하고 이름을 정했습니다. 돌아갈 곳을 보고 판단하세요.",
  loopbackCaution:
    "**이 컴퓨터의 어떤 프로그램이든 이 이름을 쓸 수 있습니다.** 방금 직접 시작한 경우에만 허용하세요.",
  newCaution: "**이 앱은 여기에서 처음입니다.** 오늘 이전에 이 서버에서 사용한 사람이 없습니다.",
  proven: "증명됨: 응답은 이 앱에만 전달됩니다.",
  notProven: "증명되지 않음: 다른 프로그램이 이 이름을 쓰고 있을 수 있습니다.",
  firstSeen: "이 서버가 처음 본 시점: {ago}",
  howLong: "기간",
  untilEnded: "내가 종료할 때까지",
  forTime: "{time}, {date}까지",
  lengthForAll: "이전에 허용한 것을 포함하여 위의 모든 항목에 적용됩니다.",
  stays:
    "자리에 없을 때도 대신 작업할 수 있습니다. {idle} 동안 사용되지 않으면, 그리고 어떤 경우에도 {longest} 뒤에는 다시 요청해야 합니다.",
  staysShortly: "{time} 동안 대신 작업할 수 있으며, 그 뒤에는 다시 요청해야 합니다.",
};
