import type { Words } from "../words.ts";

export const places: Words["places"] = {
  thisComputer: "이 컴퓨터",
  privateNetwork: "사설 네트워크",
  unknown: "알 수 없는 장소",
  city: "{country} {city}",
};

export const sessions: Words["sessions"] = {
  title: "로그인되어 있는 곳",
  lead: "내 계정에 로그인되어 있는 브라우저입니다. 모르는 것은 종료하고 비밀번호를 변경하세요.",
  current: "이 브라우저",
  place: "{place}. 로그인: {since}, 마지막 사용: {used}.",
  end: "로그아웃",
  endOthers: "다른 모든 곳에서 로그아웃",
  unnamed: "무엇인지 밝히지 않은 브라우저",
  ended: "해당 브라우저가 로그아웃되었습니다.",
  othersEnded: "다른 모든 브라우저가 로그아웃되었습니다.",
};
