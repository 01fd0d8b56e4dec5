import type { Words } from "../words.ts";

export const faults: Words["faults"] = {
  "password.wrong": "이메일 또는 비밀번호가 올바르지 않습니다.",
  "passkey.refused": "이 패스키는 받아들여지지 않았습니다. 다시 시도하거나 다른 방법으로 로그인하세요.",
  "code.wrong":
    "코드가 틀렸거나 더 이상 유효하지 않습니다. 가장 최근 이메일을 확인하거나 다른 코드를 보내세요.",
  "code.spent": "코드가 이미 사용되었거나 더 이상 유효하지 않습니다. 다른 코드를 보내세요.",
  "one-time-password.wrong": "코드가 틀렸습니다. 앱에 다음 코드가 표시될 때까지 기다리세요.",
  "recovery-code.wrong": "복구 코드가 틀렸거나 이미 사용되었습니다.",
  "email.invalid": "이메일을 입력하세요.",
  "name.missing": "이름을 입력하세요.",
  "invitation.spent": "이 초대는 이미 사용되었거나 더 이상 유효하지 않습니다. 새 초대를 요청하세요.",
  "upstream.disabled": "이 로그인 방법은 사용 중지되었습니다. 다른 방법을 선택하세요.",
  "upstream.unreachable": "{upstream}에서 응답하지 않습니다. 잠시 후 다시 시도하거나 다른 방법을 선택하세요.",
  "upstream.denied": "{upstream}에서 로그인되지 않았습니다. 다시 시도하거나 다른 방법을 선택하세요.",
  "upstream.answer":
    "{upstream}의 응답을 받아들일 수 없었습니다. 다시 시도하세요. 또 발생하면 이 서버의 운영자에게 알려 주세요.",
  "upstream.not-linked":
    "같은 이메일을 쓰는 계정이 여기에 있습니다. 이전처럼 로그인한 다음 계정 페이지에서 {upstream}을(를) 연결하세요.",
  "upstream.no-email":
    "{upstream}에서 본인 것으로 증명된 이메일을 알려 주지 않았습니다. 그곳에서 주소를 확인하고 제공을 허용한 뒤 다시 시도하거나, 다른 방법을 선택하세요.",
  "upstream.changed":
    "이 이메일을 쓰는 계정은 다른 {upstream} 계정과 연결되어 있습니다. 그 계정을 사용하거나, 다른 방법으로 로그인하여 계정 페이지에서 이 계정을 연결하세요.",
  "upstream.taken":
    "이 {upstream} 계정은 여기의 다른 계정과 연결되어 있습니다. 어떤 계정인지 보려면 그 계정으로 로그인하세요.",
  "upstream.stranger":
    "이 로그인에 해당하는 계정이 여기에 없습니다. 계정이 있으면 이전처럼 로그인하여 계정 페이지에서 {upstream}을(를) 연결하세요. 없으면 이 서버의 운영자에게 문의하세요.",
  "upstream.stale":
    "{upstream}에서 본인 확인을 다시 요구하지 않았는데, 지금은 필요합니다. 그곳에서 로그아웃한 뒤 다시 시도하거나 다른 방법을 선택하세요.",
  "account.off": "이 계정은 비활성화되어 있습니다. 이 서버의 운영자에게 문의하세요.",
  "page.stale": "이 페이지는 더 이상 최신이 아닙니다. 여기에서 다시 시작하세요.",
};

export const steps: Words["steps"] = {
  withPasskey: "패스키로 로그인",
  mailCode: "이메일로 코드 받기",
  continueWith: "{upstream}(으)로 계속",
  forgot: "비밀번호를 잊으셨나요?",
  signUp: "계정 만들기",
  otherWays: "다른 방법으로 로그인",
  restart: "처음부터 다시",
  codeTitle: "이메일을 확인하세요",
  codeLead:
    "**{email}** 계정이 있으면 코드를 보냈습니다. 유효 시간은 {minutes}이며 이 브라우저에서만 쓸 수 있습니다.",
  code: "코드",
  codeSubmit: "로그인",
  codeAgain: "다른 코드 보내기",
  secondTitle: "한 단계 더",
  secondLead: "**{email}** 본인임을 확인해 주세요.",
  appCode: "인증 앱의 코드",
  recoveryCode: "복구 코드",
  recoverySummary: "대신 복구 코드 사용",
  recoveryHint: "각 코드는 한 번만 쓸 수 있습니다.",
  usePasskey: "패스키 사용",
  confirm: "확인",
  newSecondTitle: "두 번째 단계 설정",
  newSecondLead: "계정에 본인임을 확인하는 두 번째 방법이 필요합니다.",
  newPasskey: "패스키 만들기",
  newPasskeyHint: "기기의 화면 잠금, 보안 키 또는 휴대전화를 사용합니다. 입력할 것이 없습니다.",
  newApp: "인증 앱 사용",
  newAppHint: "휴대전화의 앱이 30초마다 새 코드를 표시합니다.",
  appTitle: "인증 앱 연결",
  appScan: "앱으로 이 그림을 스캔하거나 키를 입력하세요.",
  appPicture: "인증 앱용 QR 코드",
  appKey: "키",
  appOpen: "이 기기의 앱에서 열기",
  appFirstCode: "그런 다음 앱에 표시된 코드를 입력하세요",
  appOther: "다른 방법 사용",
  recoveryTitle: "복구 코드를 보관하세요",
  recoveryLead:
    "휴대전화를 잃어버리면 이 코드마다 한 번씩 로그인할 수 있습니다. 지금만 표시되므로 인쇄하거나 비밀번호와 함께 보관하세요.",
  recoveryKept: "보관했습니다",
  passkeyCancelled: "패스키를 사용하지 않았습니다. 다시 시도하거나 다른 방법으로 로그인하세요.",
  passkeyKnown: "이 기기에는 이 계정의 패스키가 이미 있습니다.",
  passkeyFailed: "여기에서는 브라우저가 패스키를 사용할 수 없었습니다.",
};
