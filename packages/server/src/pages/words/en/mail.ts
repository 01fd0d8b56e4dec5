/** The mails. A letter that somebody asked for has the words for its button; one that only tells has none. */
export const mail = {
  code: "Type this code on the page where you began:",
  tellNobody: "Do not tell it to anyone: nobody who runs {product} will ask you for it.",
  orOpen: "Or copy this address into your browser:",
  lifetime: "This works once, and for {time}.",
  ignore: "If you did not ask for this, ignore this email: nothing happens without it.",
  notYou:
    "If this was not you, sign in to {product} now, end every session that you do not recognize, and set a new password.",
  /** Where there is no account any more to sign in to. */
  tooLate: "If this was not you, write to the people who run {product}.",
  account: "Manage your account",
  sentBy: "Sent by {product}, {host}. Nobody reads replies to this email.",
  letters: {
    "sign-in": {
      subject: "Sign in to {product}",
      lead: "Somebody, hopefully you, wants to sign in to {product} with this address.",
      button: "Sign in",
    },
    "sign-up": {
      subject: "Confirm your address for {product}",
      lead: "Somebody, hopefully you, wants to create an account at {product} with this address.",
      button: "Confirm the address",
    },
    "already-here": {
      subject: "You already have an account at {product}",
      lead: "Somebody, hopefully you, wanted to create an account at {product} with this address. There is one already: sign in with it, or set a new password if you forgot yours.",
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
      lead: "Your account at {product} has another address now: {about}. Its emails go there.",
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
      lead: "You can create an account at {product} with this address.",
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
      subject: "Your account at {product} has no second factor any more",
      lead: "From now on, {product} no longer asks for a one-time password when you sign in.",
    },
    "passkey-added": {
      subject: "A passkey was added to your account at {product}",
      lead: "From now on, this passkey signs in to your account at {product}: {about}.",
    },
    "passkey-removed": {
      subject: "A passkey was removed from your account at {product}",
      lead: "This passkey no longer signs in to your account at {product}: {about}.",
    },
    "password-removed": {
      subject: "Your password at {product} was removed",
      lead: "The password of your account at {product} was removed. The other ways to sign in stay.",
    },
    "recovery-codes-made": {
      subject: "New recovery codes for your account at {product}",
      lead: "New recovery codes were made for your account at {product}. The old ones no longer work.",
    },
    "identity-added": {
      subject: "An account elsewhere is connected with yours at {product}",
      lead: "From now on, this account elsewhere signs in to your account at {product}: {about}.",
    },
    "identity-removed": {
      subject: "An account elsewhere was disconnected from yours at {product}",
      lead: "This account elsewhere no longer signs in to your account at {product}: {about}.",
    },
    "account-removed": {
      subject: "Your account at {product} was deleted",
      lead: "Your account at {product} is gone, and with it everything that it let in.",
    },
  },
};
