import type { Words } from "../words.ts";

export const profile: Words["profile"] = {
  title: "내 데이터",
  about: "내 정보",
  name: "이름",
  language: "페이지와 이메일의 언어",
  anyLanguage: "브라우저의 언어",
  save: "저장",
  saved: "저장했습니다.",
  download: "다운로드",
  downloadLead:
    "나에 대해 보관된 전부를 JSON으로 받습니다: 계정, 패스키, 기기, 앱, 지난 일. 비밀번호나 비밀 값은 들어 있지 않습니다.",
  downloadSubmit: "내 데이터 다운로드",
  remove: "계정 삭제",
  removeLead: "계정과 그 안의 모든 것이 즉시 사라지며, 누구도 되돌릴 수 없습니다.",
  removeTitle: "계정을 삭제할까요?",
  removeConsequences:
    "모든 곳에서 로그아웃되고, 모든 앱과 에이전트가 접근을 잃으며, 패스키와 비밀번호와 연결된 계정으로 더 이상 로그인할 수 없습니다. 지난 일은 오래될 때까지 이 서버의 기록에 남습니다.",
  removeType: "계속하려면 이 계정의 주소를 입력하세요: **{email}**",
  removeEmail: "이 계정의 주소",
  removeSubmit: "계정 영구 삭제",
  removeWrong: "이 계정의 주소가 아닙니다.",
  removedTitle: "계정이 삭제되었습니다",
  removed: "계정과 그 안의 모든 것이 사라졌습니다. 안녕히 가세요.",
};
