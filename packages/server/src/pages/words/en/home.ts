/** `/`; what a development server shows there is for developers, and English. */
export const home = {
  title: "Home",
  heading: "Sign-in for apps and agents",
  lead: "This server signs people in and lets apps and agents act for them, within what each person allows.",
  account: "See what you let in",
  discovery: "Discovery",
  authorizationServer: "Authorization server metadata",
  openid: "OpenID configuration",
  keys: "Keys",
};

/** The first administrator, made by the one-time link that the first start prints. */
export const setUp = {
  title: "Set up",
  heading: "Set up {product}",
  lead: "Make the first administrator. The link that brought you here works once.",
  email: "Email",
  name: "Name",
  password: "Password",
  passwordHint: "At least {minimum} characters. A sentence is good.",
  submit: "Make administrator",
  giveEmail: "Give an email address.",
  emailTaken: "This email is taken.",
  doneHeading: "The first administrator is made",
  done: "**{name}** administers {product} from now on. The link does not work again.",
  doneWithEmail: "**{name}** {email} administers {product} from now on. The link does not work again.",
  next: "Next, on the machine that runs it: {command} tells it about an MCP server or an API. Then connect an app, and sign in with this account when the app asks.",
  spentTitle: "This link no longer works",
  spent: "A set-up link works once and for a limited time.",
  spentWhatToDo:
    "If there is an administrator already, nothing is left to do here. If there is none, start the server again: it prints a new link.",
};
