import { accessTokenType } from "@valetkey/protocol/token-exchange";
import {
  email,
  flag,
  instant,
  list,
  named,
  object,
  oneOf,
  type Schema,
  seconds,
  text,
  uri,
} from "./schema.ts";

const uris = (description: string) => list(description, uri(""));

const confirmation = object({ jkt: text("The thumbprint of the key: RFC 7638.") }, ["jkt"], {
  description: "RFC 9449 §6.1: the key that the token is bound to.",
});

const tokenResponse = object(
  {
    access_token: text("For one resource: a JWT of RFC 9068, or opaque where the operator chose that."),
    token_type: oneOf("DPoP when the token is bound to a key.", ["Bearer", "DPoP"]),
    expires_in: seconds("How long the access token lives."),
    scope: text("What was granted. Left out where nothing has a name."),
    refresh_token: text("The next one. The one that was sent is worth nothing soon."),
    id_token: text("OpenID Connect Core §2: who signed in, where openid was granted."),
    issued_token_type: oneOf("RFC 8693 §2.2.1: of an exchange only.", [accessTokenType]),
  },
  ["access_token", "token_type", "expires_in"],
);

const actor: Schema = object({ sub: text("Who acts."), act: named("Actor") }, ["sub"], {
  description: "RFC 8693 §4.1: who acts, the newest outermost.",
});

const introspectionResponse: Schema = object(
  {
    active: flag("Whether the token is worth something now. If not, nothing else is said."),
    token_type: oneOf("Of an access token.", ["Bearer", "DPoP"]),
    iss: uri("This issuer."),
    sub: text("The person, or the machine itself."),
    aud: uri("The resource that the access token is for."),
    client_id: text("Who it was issued to."),
    scope: text("What it allows."),
    iat: instant("When it was made."),
    exp: instant("When it ends."),
    nbf: instant("When it begins."),
    jti: text("Its name."),
    auth_time: instant("When the person signed in."),
    acr: text("How strongly."),
    amr: list("By what: RFC 8176."),
    roles: list("The person's roles."),
    lineage: text("The chain of refresh tokens that it came from."),
    cnf: confirmation,
    act: named("Actor"),
    may_act: named("Actor"),
    ancestors: list("The tokens that it came from, oldest first."),
    origin_client_id: text("Who the first of them was issued to."),
  },
  ["active"],
);

const deviceAuthorizationResponse = object(
  {
    device_code: text("What the device asks the token endpoint with."),
    user_code: text("What the person types.", { pattern: "^[A-Z]{4}-[A-Z]{4}$", examples: ["BDWP-HQPK"] }),
    verification_uri: uri("Where they type it."),
    verification_uri_complete: uri("The same with the code: for a QR code."),
    expires_in: seconds("How long the codes live."),
    interval: seconds("What the device leaves between two questions."),
  },
  ["device_code", "user_code", "verification_uri", "expires_in", "interval"],
);

const feedPage = object(
  {
    events: list(
      "What ended.",
      object(
        {
          kind: oneOf("What it was.", ["token", "lineage", "client"]),
          id: text("A jti, the claim lineage, or a client_id."),
          at: instant("When."),
        },
        ["kind", "id", "at"],
      ),
    ),
    next: text("The cursor for the question that follows."),
    more: flag("Whether more is there already."),
    since: instant("Where reading begins: every ending since then is told."),
    at: instant("The time here."),
    token_lifetime: seconds("How long access tokens live at most."),
    waited: {
      type: "number",
      minimum: 0,
      description: "From the question's arrival to the look at the store. In seconds.",
    },
  },
  ["events", "next", "more", "at", "token_lifetime", "waited"],
);

const userInfo = object(
  {
    sub: text("The person, as in the ID token."),
    name: text("With the scope profile."),
    email: email("With the scope email."),
    email_verified: flag("With the scope email."),
  },
  ["sub"],
);

const jwkSet = object(
  {
    keys: list(
      "The public keys.",
      object(
        {
          kty: text(""),
          kid: text("What a token's header names."),
          use: oneOf("", ["sig"]),
          alg: text(""),
          crv: text(""),
          x: text(""),
          y: text(""),
          n: text(""),
          e: text(""),
        },
        ["kty", "kid", "alg", "use"],
      ),
    ),
  },
  ["keys"],
);

const metadataMembers: Readonly<Record<string, Schema>> = {
  client_name: text("What the person reads.", { maxLength: 200 }),
  redirect_uris: uris("Each exactly as it will be sent."),
  grant_types: list("authorization_code, refresh_token, the device code grant."),
  response_types: list("code."),
  token_endpoint_auth_method: oneOf("", ["none", "private_key_jwt"]),
  application_type: oneOf("", ["web", "native"]),
  scope: text("Names separated by single spaces."),
  jwks: object({ keys: list("Public keys.", { type: "object" }) }, ["keys"]),
  jwks_uri: uri("Never beside jwks."),
  logo_uri: uri(""),
  client_uri: uri(""),
  tos_uri: uri(""),
  policy_uri: uri(""),
  contacts: list(""),
  software_id: text(""),
  software_version: text(""),
  dpop_bound_access_tokens: flag("RFC 9449 §5.2: no other tokens."),
};

const { token_endpoint_auth_method: _method, ...askedMembers } = metadataMembers;

/** components.schemas; the two documents of discovery stand in a file of their own. */
export const schemas: Readonly<Record<string, Schema>> = {
  Error: object(
    {
      error: text("The code: what a program decides by."),
      error_description: text("One plain sentence that tells no secret."),
    },
    ["error"],
    { description: "RFC 6749 §5.2. Why exactly stands in the server's trace, for its operator." },
  ),
  TokenResponse: tokenResponse,
  Actor: actor,
  IntrospectionResponse: introspectionResponse,
  DeviceAuthorizationResponse: deviceAuthorizationResponse,
  RevocationFeedPage: feedPage,
  UserInfo: userInfo,
  JwkSet: jwkSet,
  ClientMetadata: object(
    {
      ...askedMembers,
      token_endpoint_auth_method: text("A client that asks for a secret becomes public: none."),
      post_logout_redirect_uris: uris("Where a browser may go after signing out."),
    },
    [],
    {
      description:
        "RFC 7591 §2. Members that are not known are ignored; null and the empty text count as absent.",
    },
  ),
  RegisteredClient: object(
    { client_id: text("The new name."), client_id_issued_at: instant("When."), ...metadataMembers },
    ["client_id", "client_id_issued_at", "redirect_uris", "grant_types", "token_endpoint_auth_method"],
  ),
};
