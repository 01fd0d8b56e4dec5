/** The mails. A letter that somebody asked for has the words for its button; one that only tells has none. */
export const mail = {
  code: "Type this code on the page where you began:",
  tellNobody: "Tell it to nobody: nobody who runs {product} will ask you for it.",
  orOpen: "Or copy this address into your browser:",
  lifetime: "This works once, and for {time}.",
  ignore: "You did not ask for this? Then ignore this mail: nothing happens without it.",
  notYou:
    "This was not you? Then sign in to {product} now, end every session that you do not know, and set a new password.",
  /** Where there is no account any more to sign in to. */
  tooLate: "This was not you? Then write to those who run {product}.",
  account: "Look after your account",
  sentBy: "Sent by {product}, {host}. Nobody reads answers to this mail.",
  letters: {
    "sign-in": {
      subject: "Sign in to {product}",
      lead: "Somebody, hopefully you, wants to sign in to {product} with this address.",
      button: "Sign in",
    },
    "sign-up": {
      subject: "Confirm your address for {product}",
      lead: "Somebody, hopefully you, wants to make an account at {product} with this address.",
      button: "Confirm the address",
    },
    "already-here": {
      subject: "You have an account at {product} already",
      lead: "Somebody, hopefully you, wanted to make an account at {product} with this address. There is one: sign in with it, or set a new password if you forgot yours.",
      button: "Sign in",
    },
    "verify-email": {
      subject: "Confirm your address at {product}",
      lead: "Confirm that this address is yours, so that {product} can rely on it.",
      button: "Confirm the address",
    },
    "change-email": {
      subject: "Confirm your new address at {product}",
      lead: "An account at {product} is to have this address from now on. Confirm that it is yours.",
      button: "Confirm the address",
    },
    "email-changed": {
      subject: "The address of your account at {product} changed",
      lead: "Your account at {product} has another address now: {about}. Its mails go there.",
    },
    "reset-password": {
      subject: "Set a new password for {product}",
      lead: "Somebody, hopefully you, asked to set a new password for the account at {product} with this address.",
      button: "Set a new password",
    },
    "password-changed": {
      subject: "Your password at {product} changed",
      lead: "The password of your account at {product} was changed.",
    },
    invitation: {
      subject: "You are invited to {product}",
      lead: "You may make an account at {product} with this address.",
      button: "Accept the invitation",
    },
    "new-device": {
      subject: "A new device signed in to {product}",
      lead: "Your account at {product} was signed in to from a device that was not seen here before: {about}.",
    },
    "second-factor-added": {
      subject: "Your account at {product} has a second factor",
      lead: "From now on, {product} asks for a one-time password when you sign in.",
    },
    "second-factor-removed": {
      subject: "Your account at {product} lost its second factor",
      lead: "From now on, {product} asks for no one-time password when you sign in.",
    },
    "passkey-added": {
      subject: "A passkey was added to your account at {product}",
      lead: "From now on, this passkey signs in to your account at {product}: {about}.",
    },
    "passkey-removed": {
      subject: "A passkey was removed from your account at {product}",
      lead: "This passkey signs in to your account at {product} no more: {about}.",
    },
    "password-removed": {
      subject: "Your password at {product} was removed",
      lead: "The password of your account at {product} was removed. The other ways in stay.",
    },
    "recovery-codes-made": {
      subject: "New recovery codes for your account at {product}",
      lead: "New recovery codes were made for your account at {product}. The old ones are worth nothing now.",
    },
    "identity-added": {
      subject: "An account elsewhere is connected with yours at {product}",
      lead: "From now on, this account elsewhere signs in to your account at {product}: {about}.",
    },
    "identity-removed": {
      subject: "An account elsewhere was disconnected from yours at {product}",
      lead: "This account elsewhere signs in to your account at {product} no more: {about}.",
    },
    "account-removed": {
      subject: "Your account at {product} was deleted",
      lead: "Your account at {product} is gone, and with it everything that it let in.",
    },
  },
};
