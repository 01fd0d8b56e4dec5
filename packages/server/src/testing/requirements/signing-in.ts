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
} as const satisfies Requirements;
