import type { Words } from "../words.ts";

export const accountPages: Words["accountPages"] = {
  label: "내 계정 페이지",
  apps: "앱과 에이전트",
  security: "로그인 방법",
  sessions: "기기",
  activity: "활동",
  data: "내 데이터",
  confirmLead: "여기에서 무언가를 변경하려면 먼저 본인임을 확인하세요.",
  confirm: "본인 확인",
  stale: "그사이에 변경된 것이 있습니다. 현재 상태는 다음과 같습니다.",
  made: "추가: {since}.",
  used: "마지막 사용: {used}.",
  unused: "아직 사용하지 않았습니다.",
};
