import type { Words } from "../words.ts";

export const device: Words["device"] = {
  title: "기기 연결",
  lead: "기기에 표시된 코드를 입력하세요.",
  code: "코드",
  wrongCode: "이 코드로 기다리는 기기가 없습니다. 코드를 확인하거나 기기에서 다시 시작하세요.",
  sentCaution:
    "**누군가 코드나 링크를 보냈나요?** 그렇다면 여기에서 멈추세요. 지금 직접 사용하고 있는 기기인 경우에만 계속하세요.",
  compareTitle: "기기에 이 코드가 표시되어 있나요?",
  no: "아니요",
  same: "예, 같습니다",
  wantsAccess: "기기에서 접근을 요청합니다",
  wantsAccessTo: "기기에서 {resource}에 대한 접근을 요청합니다",
  startedCaution:
    "**방금 직접 시작한 것이 아니면 거부하세요.** 자기 기기를 승인해 달라고 할 이유는 누구에게도 없습니다. 동료도, 고객 지원도, 메시지도 마찬가지입니다.",
  selfRegisteredCaution: "**이 이름은 확인되지 않았습니다.** 앱이 스스로 등록하고 이름을 정했습니다.",
  unprovenCaution: "**어떤 프로그램이든 이 이름을 쓸 수 있습니다.** 눈앞의 기기를 보고 판단하세요.",
  unprovenDocument: "이 호스트의 앱이라고 말하지만 증명하지 않습니다.",
  theDevice: "기기",
  unnamed: "무엇인지 밝히지 않았습니다",
  unchecked: "스스로 붙인 이름이며 아무도 확인하지 않았습니다.",
  itsCode: "코드",
  showsTheSame: "기기에 같은 코드가 표시됩니다.",
  itAsked: "요청 시각",
  fromHere: "{address}에서 요청했습니다. 이 브라우저의 인터넷 주소입니다.",
  fromElsewhere:
    "{address}에서 요청했습니다. 이 브라우저의 인터넷 주소가 아닙니다. 기기가 다른 곳에 있는 것이 아니면 거부하세요.",
  lastsShortly: "허용하면 기기가 짧은 시간 동안 대신 작업할 수 있으며, 그 뒤에는 다시 요청해야 합니다.",
  lasts:
    "허용하면 계정 페이지에서 종료할 때까지, 최대 {days} 동안 자리에 없을 때도 기기가 대신 작업할 수 있습니다.",
  aDay: "하루",
  approvedTitle: "기기가 연결되었습니다",
  approved: "{name}에 허용한 권한이 주어졌습니다. 기기로 돌아가세요. 이 페이지는 닫아도 됩니다.",
  approvedEnd: "접근은 언제든지 {accountPage}에서 종료할 수 있습니다.",
  accountPage: "계정 페이지",
  deniedTitle: "거부됨",
  denied: "아무것도 허용되지 않았습니다. 거부했다는 사실이 {name}에 전달됩니다. 이 페이지는 닫아도 됩니다.",
  theDeviceItself: "기기",
  otherTitle: "아무것도 허용되지 않았습니다",
  other: "이 페이지의 코드는 다른 사람의 기기 것입니다. 이 페이지는 닫아도 됩니다.",
  otherWhatToDo: "자신의 기기를 연결하려면 기기에서 시작하여 표시된 코드를 입력하세요.",
};
