import type { Words } from "../words.ts";

export const mail: Words["mail"] = {
  code: "시작한 페이지에 이 코드를 입력하세요:",
  tellNobody: "아무에게도 알려 주지 마세요. {product} 운영자는 묻지 않습니다.",
  orOpen: "또는 이 주소를 브라우저에 복사하세요:",
  lifetime: "{time} 안에 한 번만 쓸 수 있습니다.",
  ignore: "요청한 적이 없나요? 이 이메일을 무시하세요. 아무 일도 일어나지 않습니다.",
  notYou:
    "본인이 아닌가요? 지금 {product}에 로그인하여 모르는 세션을 모두 종료하고 새 비밀번호를 설정하세요.",
  tooLate: "본인이 아닌가요? {product} 운영자에게 연락하세요.",
  account: "계정 관리",
  sentBy: "{product}({host})에서 보냈습니다. 이 이메일에 대한 답장은 아무도 읽지 않습니다.",
  letters: {
    "sign-in": {
      subject: "{product} 로그인",
      lead: "누군가 이 주소로 {product}에 로그인하려고 합니다. 본인이면 계속하세요.",
      button: "로그인",
    },
    "sign-up": {
      subject: "{product}에서 쓸 주소 확인",
      lead: "누군가 이 주소로 {product} 계정을 만들려고 합니다. 본인이면 계속하세요.",
      button: "주소 확인",
    },
    "already-here": {
      subject: "{product} 계정이 이미 있습니다",
      lead: "누군가 이 주소로 {product} 계정을 만들려고 했습니다. 계정이 이미 있으니 그 계정으로 로그인하거나, 비밀번호를 잊었으면 새로 설정하세요.",
      button: "로그인",
    },
    "verify-email": {
      subject: "{product}의 주소 확인",
      lead: "{product}에서 믿고 쓸 수 있도록 이 주소가 본인 것임을 확인해 주세요.",
      button: "주소 확인",
    },
    "change-email": {
      subject: "{product}의 새 주소 확인",
      lead: "{product} 계정의 주소가 이 주소로 바뀝니다. 본인 것임을 확인해 주세요.",
      button: "주소 확인",
    },
    "email-changed": {
      subject: "{product} 계정의 주소가 바뀌었습니다",
      lead: "{product} 계정의 주소가 이제 {about}입니다. 이메일은 그곳으로 갑니다.",
    },
    "reset-password": {
      subject: "{product}의 새 비밀번호",
      lead: "누군가 이 주소의 {product} 계정에 새 비밀번호를 설정하려고 합니다. 본인이면 계속하세요.",
      button: "새 비밀번호 설정",
    },
    "password-changed": {
      subject: "{product}의 비밀번호가 바뀌었습니다",
      lead: "{product} 계정의 비밀번호가 변경되었습니다.",
    },
    invitation: {
      subject: "{product} 초대",
      lead: "이 주소로 {product} 계정을 만들 수 있습니다.",
      button: "초대 수락",
    },
    "new-device": {
      subject: "새 기기가 {product}에 로그인했습니다",
      lead: "지금까지 보이지 않던 기기에서 {product} 계정에 로그인했습니다: {about}.",
    },
    "second-factor-added": {
      subject: "{product} 계정에 2차 인증이 설정되었습니다",
      lead: "이제부터 로그인할 때 {product}에서 일회용 비밀번호를 묻습니다.",
    },
    "second-factor-removed": {
      subject: "{product} 계정의 2차 인증이 제거되었습니다",
      lead: "이제부터 로그인할 때 {product}에서 일회용 비밀번호를 묻지 않습니다.",
    },
    "passkey-added": {
      subject: "{product} 계정에 패스키가 추가되었습니다",
      lead: "이제부터 이 패스키로 {product} 계정에 로그인할 수 있습니다: {about}.",
    },
    "passkey-removed": {
      subject: "{product} 계정에서 패스키가 제거되었습니다",
      lead: "이 패스키로는 더 이상 {product} 계정에 로그인할 수 없습니다: {about}.",
    },
    "password-removed": {
      subject: "{product}의 비밀번호가 제거되었습니다",
      lead: "{product} 계정의 비밀번호가 제거되었습니다. 다른 로그인 방법은 그대로입니다.",
    },
    "recovery-codes-made": {
      subject: "{product} 계정의 새 복구 코드",
      lead: "{product} 계정의 새 복구 코드가 만들어졌습니다. 이전 코드는 쓸 수 없습니다.",
    },
    "identity-added": {
      subject: "다른 서비스의 계정이 {product} 계정과 연결되었습니다",
      lead: "이제부터 이 다른 서비스의 계정으로 {product} 계정에 로그인할 수 있습니다: {about}.",
    },
    "identity-removed": {
      subject: "다른 서비스의 계정과 {product} 계정의 연결이 해제되었습니다",
      lead: "이 다른 서비스의 계정으로는 더 이상 {product} 계정에 로그인할 수 없습니다: {about}.",
    },
    "account-removed": {
      subject: "{product} 계정이 삭제되었습니다",
      lead: "{product} 계정과 그 계정이 허용한 모든 것이 사라졌습니다.",
    },
  },
};
