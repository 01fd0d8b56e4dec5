import type { Words } from "../words.ts";

export const mail: Words["mail"] = {
  code: "请在您开始操作的页面上输入此验证码：",
  tellNobody: "请勿告诉任何人：{product} 的运营者不会向您索要。",
  orOpen: "或将此地址复制到浏览器中：",
  lifetime: "仅可使用一次，有效期 {time}。",
  ignore: "不是您请求的？请忽略此邮件：没有它什么也不会发生。",
  notYou: "不是您本人？请立即登录 {product}，终止所有您不认识的会话，并设置新密码。",
  tooLate: "不是您本人？请联系 {product} 的运营者。",
  account: "管理您的账户",
  sentBy: "由 {product}（{host}）发送。没有人阅读对此邮件的回复。",
  letters: {
    "sign-in": {
      subject: "登录 {product}",
      lead: "有人（希望是您本人）想用此邮箱登录 {product}。",
      button: "登录",
    },
    "sign-up": {
      subject: "为 {product} 确认您的邮箱",
      lead: "有人（希望是您本人）想用此邮箱在 {product} 创建账户。",
      button: "确认邮箱",
    },
    "already-here": {
      subject: "您在 {product} 已有账户",
      lead: "有人（希望是您本人）想用此邮箱在 {product} 创建账户。账户已存在：请用它登录；如果忘记了密码，请设置新密码。",
      button: "登录",
    },
    "verify-email": {
      subject: "确认您在 {product} 的邮箱",
      lead: "请确认此邮箱属于您，以便 {product} 可以信赖它。",
      button: "确认邮箱",
    },
    "change-email": {
      subject: "确认您在 {product} 的新邮箱",
      lead: "{product} 的一个账户从现在起将使用此邮箱。请确认它属于您。",
      button: "确认邮箱",
    },
    "email-changed": {
      subject: "您在 {product} 的账户的邮箱已更改",
      lead: "您在 {product} 的账户现在使用另一个邮箱：{about}。邮件将发往那里。",
    },
    "reset-password": {
      subject: "为 {product} 设置新密码",
      lead: "有人（希望是您本人）请求为 {product} 上使用此邮箱的账户设置新密码。",
      button: "设置新密码",
    },
    "password-changed": {
      subject: "您在 {product} 的密码已更改",
      lead: "您在 {product} 的账户的密码已更改。",
    },
    invitation: {
      subject: "邀请您加入 {product}",
      lead: "您可以用此邮箱在 {product} 创建账户。",
      button: "接受邀请",
    },
    "new-device": {
      subject: "新设备登录了 {product}",
      lead: "有一台此前未见过的设备登录了您在 {product} 的账户：{about}。",
    },
    "second-factor-added": {
      subject: "您在 {product} 的账户已设置第二重验证",
      lead: "从现在起，您登录时 {product} 会要求一次性密码。",
    },
    "second-factor-removed": {
      subject: "您在 {product} 的账户已没有第二重验证",
      lead: "从现在起，您登录时 {product} 不再要求一次性密码。",
    },
    "passkey-added": {
      subject: "您在 {product} 的账户添加了通行密钥",
      lead: "从现在起，此通行密钥可登录您在 {product} 的账户：{about}。",
    },
    "passkey-removed": {
      subject: "您在 {product} 的账户移除了通行密钥",
      lead: "此通行密钥不能再登录您在 {product} 的账户：{about}。",
    },
    "password-removed": {
      subject: "您在 {product} 的密码已移除",
      lead: "您在 {product} 的账户的密码已移除。其他登录方式保留。",
    },
    "recovery-codes-made": {
      subject: "您在 {product} 的账户的新恢复代码",
      lead: "已为您在 {product} 的账户生成新的恢复代码。旧代码已失效。",
    },
    "identity-added": {
      subject: "其他服务的账户已与您在 {product} 的账户关联",
      lead: "从现在起，这个其他服务的账户可登录您在 {product} 的账户：{about}。",
    },
    "identity-removed": {
      subject: "其他服务的账户已与您在 {product} 的账户取消关联",
      lead: "这个其他服务的账户不能再登录您在 {product} 的账户：{about}。",
    },
    "account-removed": {
      subject: "您在 {product} 的账户已删除",
      lead: "您在 {product} 的账户已不存在，它允许的一切也随之终止。",
    },
  },
};
