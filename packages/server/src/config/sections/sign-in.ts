import { z } from "zod";
import { group, listOf } from "../group.ts";
import { flag, resourceReason, text, told } from "../setting.ts";

/** How people come in. */
export const signIn = group("How people sign in.", {
  passkeys: flag(
    true,
    "Whether people may sign in with passkeys. They take an issuer with a host name: browsers make none for an IP address.",
  ),
  password: flag(true, "Whether people may sign in with a password."),
  email: flag(
    true,
    "Whether people may sign in with a code or link by mail. It takes the settings `mail`; without them it is not offered.",
  ),
  one_time_passwords: flag(
    true,
    "Whether people may set up one-time passwords (RFC 6238) as a second factor.",
  ),
  second_factor: told(
    z.enum(["optional", "required"], { error: "must be optional or required" }).default("optional"),
    "Whether everybody must have a second factor, or who wants one. A passkey is both factors.",
    { type: "text", example: "required" },
  ),
  sign_up: told(
    z
      .enum(["open", "invitation", "closed"], { error: "must be open, invitation or closed" })
      .default("closed"),
    "Who may make an account: everybody, who was invited, or nobody but the operator. Both take the settings `mail`.",
    { type: "text", example: "invitation" },
  ),
  sign_up_roles: told(
    listOf(() => undefined).default([]),
    "Roles that a new account has at once, beside everyone's. Think twice: anybody may have them where sign-up is open.",
    { type: "list", example: "[member]" },
  ),
  pages_url: told(
    text(resourceReason).optional(),
    "Where your own sign-in pages are, which speak the interaction API (docs/build/own-pages.md); when absent, the pages of this server are shown.",
    { type: "text", example: "https://login.example.com/" },
  ),
});
