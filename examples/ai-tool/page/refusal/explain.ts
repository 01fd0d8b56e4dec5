import { SignInError } from "@valetkey/browser";
import type { Helper } from "../settings.ts";
import type { Me } from "../use-me.ts";
import { ApiError } from "./api-error.ts";

/** What a refusal says: what is missing, who could help, and what can be done here and now. */
export interface Explanation {
  readonly title: string;
  readonly text: string;
  readonly help?: { readonly person: Helper; readonly about: string };
  readonly action?: { readonly does: "retry" | "sign-in" | "step-up"; readonly label: string };
  /** What a developer or an administrator would ask for. */
  readonly fact?: string;
}

const retry = { does: "retry", label: "Try again" } as const;

export function explain(error: unknown, me: Me | undefined): Explanation {
  if (error instanceof SignInError) return ofSignIn(error, me);
  if (error instanceof ApiError && error.status === 502)
    return {
      title: "Something behind Lantern does not answer",
      text: `${error.message} Nothing of yours is lost; try again in a moment, and tell whoever runs it if that does not help.`,
      action: retry,
    };
  if (error instanceof ApiError)
    return {
      title: "That did not work",
      text: error.message || "Lantern could not do it.",
      action: retry,
      fact: `HTTP ${error.status}`,
    };
  return {
    title: "Lantern does not answer",
    text: "Look at your connection, then try again. You are still signed in.",
    action: retry,
  };
}

function ofSignIn({ code, stepUp, message }: SignInError, me: Me | undefined): Explanation {
  if (code === "signed_out")
    return {
      title: "You were signed out",
      text: "Your sign-in ended, here or elsewhere. Sign in to go on.",
      action: { does: "sign-in", label: "Sign in" },
    };
  if (stepUp?.kind === "scope" && me) return ofScope(stepUp.scopes, me);
  if (stepUp)
    return {
      title: "Please sign in once more",
      text: "This is a delicate thing, and your sign-in is a while ago. Sign in again; you come straight back here.",
      action: { does: "step-up", label: "Sign in again" },
    };
  return {
    title: "Your sign-in could not be checked",
    text: "The accounts of this company do not answer. You are still signed in; try again in a moment.",
    action: retry,
    fact: message,
  };
}

/** A missing permission: the person can give it if a role of theirs allows it, and somebody else must if none does. */
export function ofScope(scopes: readonly string[], me: Me): Explanation {
  const missing = me.may.filter(({ scope, isHeld }) => scopes.includes(scope) && !isHeld);
  const beyond = missing.find(({ isAllowed }) => !isAllowed);
  const fact = scopes.join(" ");
  if (beyond) {
    const roles = beyond.roles.join(" or ");
    const have = me.roles.length > 0 ? `You are ${listed(me.roles)}.` : "You have no role here yet.";
    return {
      title: `You need a role to ${lower(beyond.sentence)}`,
      text: `It takes the role ${roles}. ${have} ${me.helper.name} gives out roles.`,
      help: { person: me.helper, about: `The role ${roles} in Lantern` },
      action: { does: "step-up", label: "I have the role now" },
      fact: `Permission ${fact}`,
    };
  }
  const what = missing.map(({ sentence }) => lower(sentence)).join(" and ") || fact;
  return {
    title: "Lantern needs your permission",
    text: `You may ${what}, and Lantern has not asked you for that yet. You decide on the accounts page and come straight back; what you wrote stays.`,
    action: { does: "step-up", label: "Go and decide" },
    fact: `Permission ${fact}`,
  };
}

function listed(roles: readonly string[]): string {
  return roles.map((role) => `${/^[aeiou]/.test(role) ? "an" : "a"} ${role}`).join(" and ");
}

function lower(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
