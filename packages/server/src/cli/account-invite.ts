import { newInvitation } from "../operations/invitation.ts";
import { emailFault, readName } from "../operations/new-account.ts";
import { type ChosenStore, chosenStore, storeOptions, withStore } from "./chosen-store.ts";
import type { Command } from "./command.ts";
import type { Given } from "./given.ts";
import { requireRoles } from "./known.ts";
import { jsonOption, record, say } from "./output.ts";
import { UsageError } from "./usage-error.ts";
import { isoMoment, moment, words } from "./wording.ts";

export const accountInvite: Command = {
  name: "account invite",
  summary: "Make a link with which a person makes their own account",
  operand: { name: "EMAIL", says: "the address that the account will have", example: "ada@example.com" },
  options: {
    name: { value: "NAME", says: "How the person is called; they may change it", example: "Ada Lovelace" },
    role: {
      value: "ROLE",
      many: true,
      says: "A role that the account will have beside everyone, which each account holds",
      example: "trainer",
    },
    ...jsonOption,
    ...storeOptions,
  },
  notes: [
    "The link works once and for 7 days, and a new one for the same address ends it. Whoever has it makes the account: send it to that person alone.",
    "It takes the setting sign_in.sign_up to be invitation or open.",
  ],
  examples: ["account invite ada@example.com --role trainer", "account invite ada@example.com --json"],
  async read(given, io) {
    const email = given.operand.toLowerCase();
    const fault = emailFault(email);
    if (given.operand !== "" && fault) given.refuseOperand(fault);
    const name = readName(given.text("name"));
    if (given.has("name") && name === "") given.refuse("name", "is empty");
    const choice = await chosenStore(given, io);
    const issuer = issuerOf(choice, given);
    return (io) =>
      withStore(choice, io, async ({ store }) => {
        const roles = given.texts("role").filter((role) => role !== "everyone");
        await requireRoles(store, given, "role", roles);
        given.requireFaultless();
        if (await store.accounts.findByEmail(email))
          throw new UsageError([`EMAIL ${email}: has an account already`]);
        const { link, expiresAt } = await newInvitation(store, issuer, { email, name, roles }, io.now());
        await record(store, io, "account.invited", { detail: words(["everyone", ...roles]) });
        const facts = { email, roles, link, expires_at: isoMoment(expiresAt) };
        const text = `${link}\nThe link makes the account of ${email}, once, until ${moment(expiresAt)}. Roles: ${words(["everyone", ...roles])}.\n`;
        return say(io, given, facts, text);
      });
  },
};

/** Where the link leads. Notes why there is none. */
function issuerOf({ issuer, signUp }: ChosenStore, given: Given): string {
  if (signUp === "closed")
    given.refuseAll([
      "sign_in.sign_up is closed, so nobody can make an account: set it to invitation or open, or add the account with valetkey account add",
    ]);
  else if (issuer === undefined && signUp === "open")
    given.refuseAll([
      "At a demonstration everybody signs up on its sign-in page: nobody needs an invitation.",
    ]);
  return issuer ?? "";
}
