import { nonceAnswer, proofHeader } from "./client-fields.ts";
import { type Operation, type PathDescription, together } from "./description.ts";
import { ofKeys, ofProofs } from "./refusal-groups.ts";
import { named } from "./schema.ts";

const asked: Omit<Operation, "id"> = {
  tag: "Identity",
  summary: "Ask who the person is",
  says:
    "OpenID Connect Core §5.3: what the person let the client know of them. Any live access token of this issuer with " +
    "`openid` is good here. The token stands in the Authorization header and nowhere else; one that is bound to a key " +
    "comes with a proof.",
  proves: ["bearer", "dpop"],
  headers: [proofHeader],
  answers: [
    {
      status: 200,
      says: "The claims that the scopes of the token allow.",
      schema: named("UserInfo"),
      headers: nonceAnswer,
      example: { sub: "acc_1", name: "Ada", email: "ada@example.com", email_verified: true },
    },
  ],
  refuses: together(ofProofs, ofKeys, {
    invalid_request: ["token.two-carriers"],
    invalid_token: ["token.missing", "token.invalid", "token.bound", "dpop.not-bound"],
    invalid_dpop_proof: ["dpop.token-hash", "dpop.other-key"],
    insufficient_scope: ["token.scope"],
  }),
};

export const userinfo: PathDescription = {
  GET: { ...asked, id: "userinfo" },
  POST: { ...asked, id: "userinfoByPost" },
};
