import { deviceCodeGrant } from "@valetkey/protocol/device-code";
import { accessTokenType, tokenExchangeGrant } from "@valetkey/protocol/token-exchange";
import { fieldsOf } from "./bodies.ts";
import { clientFields, nonceAnswer, proofHeader, resourceField, scopeField } from "./client-fields.ts";
import { type Field, type PathDescription, type Refusals, together } from "./description.ts";
import { ofCallers, ofForms, ofKeys, ofProofs } from "./refusal-groups.ts";
import { named, type Schema, text, uri } from "./schema.ts";

const required = (name: string, description: string): Field => ({
  name,
  schema: text(description),
  says: "",
  required: true,
});

/** What one grant takes beside the fields of the client. */
const grants: readonly {
  readonly title: string;
  readonly type: string;
  readonly fields: readonly Field[];
}[] = [
  {
    title: "authorization_code",
    type: "authorization_code",
    fields: [
      required("code", "The code of the authorization answer; it is worth something once."),
      required("code_verifier", "RFC 7636 §4.1: what the challenge is the SHA-256 of."),
      {
        name: "redirect_uri",
        schema: uri("The one of the authorization request."),
        says: "Not needed in OAuth 2.1; must be the same where it is sent.",
      },
      resourceField,
    ],
  },
  {
    title: "refresh_token",
    type: "refresh_token",
    fields: [
      required("refresh_token", "The newest one: each answer replaces it."),
      { ...scopeField, says: "At most what was granted, and only for this access token." },
      resourceField,
    ],
  },
  {
    title: "client_credentials",
    type: "client_credentials",
    fields: [scopeField, resourceField],
  },
  {
    title: "device_code",
    type: deviceCodeGrant,
    fields: [required("device_code", "RFC 8628 §3.4: as the device was given it."), resourceField],
  },
  {
    title: "token_exchange",
    type: tokenExchangeGrant,
    fields: [
      required("subject_token", "An access token of this server, held by the client or for its resource."),
      required("subject_token_type", `${accessTokenType}`),
      { name: "actor_token", schema: text("An access token that names the client that calls."), says: "" },
      { name: "actor_token_type", schema: text(accessTokenType), says: "Beside actor_token." },
      { name: "requested_token_type", schema: text(accessTokenType), says: "" },
      { name: "may_act", schema: text("The client_id that alone may exchange the new token."), says: "" },
      { name: "audience", schema: { type: "array", items: { type: "string" } }, says: "As resource." },
      { ...scopeField, says: "At most what the subject token has." },
      resourceField,
    ],
  },
];

function formOfGrant({ title, type, fields }: (typeof grants)[number]): Schema {
  const grantType: Field = { name: "grant_type", schema: { const: type }, says: "", required: true };
  return fieldsOf([grantType, ...fields, ...clientFields], { title });
}

const ofGrants: Refusals = {
  invalid_request: [
    "parameter.malformed",
    "exchange.token-type",
    "exchange.subject-token",
    "exchange.not-holder",
    "exchange.actor-token",
    "exchange.impersonation",
    "exchange.may-act",
    "exchange.too-deep",
    "exchange.bound",
    "account.disabled",
    "grant.ended",
    "client.unknown",
    "client.disabled",
  ],
  unsupported_grant_type: ["grant-type.unsupported"],
  unauthorized_client: ["client.grant-not-allowed", "client.not-confidential"],
  invalid_grant: [
    "code.unknown",
    "code.other-client",
    "code.other-redirect-uri",
    "code.wrong-verifier",
    "code.expired",
    "code.replayed",
    "refresh.malformed",
    "refresh.unknown",
    "refresh.other-client",
    "refresh.forged",
    "refresh.ended",
    "refresh.expired",
    "refresh.replayed",
    "device.unknown",
    "device.other-client",
    "device.replayed",
    "account.disabled",
    "grant.ended",
    "scope.beyond-role",
    "dpop.other-key",
  ],
  invalid_scope: [
    "scope.malformed",
    "scope.unknown",
    "scope.not-for-machines",
    "scope.beyond-client",
    "scope.beyond-grant",
    "scope.beyond-role",
    "exchange.scope-beyond",
  ],
  invalid_target: [
    "resource.malformed",
    "resource.unknown",
    "resource.ambiguous",
    "resource.several",
    "resource.beyond-grant",
    "exchange.target-beyond",
    "exchange.not-permitted",
  ],
  authorization_pending: ["device.pending"],
  slow_down: ["device.early"],
  expired_token: ["device.expired"],
  access_denied: ["device.denied"],
  temporarily_unavailable: ["request.rate", "server.failed"],
};

/** RFC 6749 §3.2 */
export const token: PathDescription = {
  POST: {
    id: "token",
    tag: "Tokens",
    summary: "Turn a grant into tokens",
    says:
      "RFC 6749 §3.2, OAuth 2.1 §4: the same steps for every grant. A refresh token rotates with each use; an answer " +
      "that was lost is given again for a while. With a DPoP proof the tokens are bound to its key (RFC 9449 §5).",
    proves: ["none", "clientSecret", "clientAssertion"],
    headers: [proofHeader],
    form: {
      schema: { oneOf: grants.map(formOfGrant) },
      examples: {
        authorization_code: {
          summary: "A code becomes tokens",
          value: {
            grant_type: "authorization_code",
            client_id: "client_1",
            code: "CODE",
            code_verifier: "VERIFIER",
          },
        },
        refresh_token: {
          summary: "The next pair of tokens",
          value: { grant_type: "refresh_token", client_id: "client_1", refresh_token: "REFRESH_TOKEN" },
        },
        client_credentials: {
          summary: "A machine acts for itself",
          value: {
            grant_type: "client_credentials",
            scope: "inference:read",
            resource: ["https://api.example.com"],
          },
        },
        device_code: {
          summary: "A device asks whether its person has decided",
          value: { grant_type: deviceCodeGrant, client_id: "client_1", device_code: "DEVICE_CODE" },
        },
        token_exchange: {
          summary: "A server acts for whom it was called for",
          value: {
            grant_type: tokenExchangeGrant,
            subject_token: "ACCESS_TOKEN",
            subject_token_type: accessTokenType,
            resource: ["https://mcp.example.com/mcp"],
          },
        },
      },
    },
    answers: [
      {
        status: 200,
        says: "The tokens. Never kept by a cache.",
        schema: named("TokenResponse"),
        headers: nonceAnswer,
        example: {
          access_token: "ACCESS_TOKEN",
          token_type: "Bearer",
          expires_in: 600,
          scope: "tools:use",
          refresh_token: "REFRESH_TOKEN",
        },
      },
    ],
    refuses: together(ofForms, ofCallers, ofProofs, ofGrants, ofKeys),
  },
};
