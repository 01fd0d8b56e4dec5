import type { Requirements } from "./requirement.ts";

/** What the people who decide are told and asked. */
export const consent = {
  "I6-CONSENT-WHO": {
    at: "docs/decisions/0017-consent.md",
    level: "DECISION",
    role: "AS",
    asks: "A person reads who asks: its name, the host of its document or redirect, since when this server knows it, and in words whether it is proven.",
  },
  "I6-CONSENT-SCOPES": {
    at: "docs/decisions/0017-consent.md",
    level: "DECISION",
    role: "AS",
    asks: "Each scope stands under the server it counts at, as a sentence with its risk, the riskiest first, and each that is optional is unticked by itself.",
  },
  "I6-CONSENT-LENGTH": {
    at: "docs/decisions/0017-consent.md",
    level: "DECISION",
    role: "AS",
    asks: "A person says how long they let an app in; what that decision began ends then to the second, its access tokens too, and is remembered no longer; no other device gains or loses by it.",
  },
  "I6-CONSENT-NEW": {
    at: "docs/decisions/0017-consent.md",
    level: "DECISION",
    role: "AS",
    asks: "When a proven client asks again, only what is new is asked, what it holds is shown and nothing of it is lost; of a client that is not proven nothing counts as held.",
  },
  "I6-CONSENT-REFUSE": {
    at: "docs/decisions/0017-consent.md",
    level: "DECISION",
    role: "AS",
    asks: "Refuse is as large as allow, beside it and before it, and stands out no less, at every width, in both schemes and both directions.",
  },
  "I6-CONSENT-API": {
    at: "docs/decisions/0017-consent.md",
    level: "DECISION",
    role: "AS",
    asks: "The interaction API tells a team's page the facts of our consent page, and takes the same decision, its length included.",
  },
} as const satisfies Requirements;
