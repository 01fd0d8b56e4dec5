import type { Requirements } from "./requirement.ts";

/** The steps of a sign-in, on our pages and by the interaction API. */
export const signingIn = {
  "I6-STEPS": {
    at: "issue 6",
    level: "MUST",
    role: "AS",
    asks: "A sign-in goes step by step; of one page sent twice one is taken, and no step is left out.",
  },
  "I6-STEP-UP": {
    at: "RFC 9470 §4, §5",
    level: "MUST",
    role: "AS",
    asks: "Who is signed in, and only not as strongly as is asked, proves the other factor alone; who has none signs in anew before setting one up; auth_time stays that of the first factor.",
  },
  "I6-INTERACTION-API": {
    at: "issue 6",
    level: "MUST",
    role: "AS",
    asks: "Every step can be taken as JSON, in the browser that began, with the token of the state before, from this origin and that of the team's own pages alone.",
  },
  "I6-OWN-PAGES": {
    at: "issue 6",
    level: "MUST",
    role: "AS",
    asks: "A team's own sign-in pages take the place of ours: the browser goes there with the interaction's id and comes to its end by the interaction API.",
  },

  "I6-PROMPT-CREATE": {
    at: "OpenID Connect Prompt Create 1.0 §4",
    level: "SHOULD",
    role: "AS",
    asks: "prompt=create shows the page to sign up first where sign-up is open, and the metadata lists it there; elsewhere it is refused like any value that is not listed.",
  },
  "I6-METHODS": {
    at: "OpenID Connect Core §2, RFC 8176, RFC 9470 §6.2",
    level: "MUST",
    role: "AS",
    asks: "amr, acr and auth_time of ID token, access token and introspection say how the person signed in, no more: mfa and aal2 only where two factors fitted, auth_time that of the first one.",
  },
} as const satisfies Requirements;
