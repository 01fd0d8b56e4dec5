import { deviceCodeGrant } from "../../packages/protocol/src/device-code.ts";
import { machine, type Step } from "./step.ts";

const discovery: readonly Step[] = [
  {
    name: "What the authorization server says of itself",
    operation: "authorizationServerMetadata",
    status: 200,
    holds: {
      "the issuer is the one that was asked": 'pm.expect(body.issuer).to.equal(pm.variables.get("issuer"))',
      "PKCE is S256 alone": 'pm.expect(body.code_challenge_methods_supported).to.eql(["S256"])',
    },
  },
  {
    name: "What the OpenID Provider says of itself",
    operation: "openidConfiguration",
    status: 200,
    holds: { "it names the keys": 'pm.expect(body.jwks_uri).to.equal(pm.variables.get("issuer") + "/jwks")' },
  },
  {
    name: "The public keys",
    operation: "jwks",
    status: 200,
    holds: {
      "there is a key": "pm.expect(body.keys).to.not.be.empty",
      "none of them is private": 'body.keys.forEach((key) => pm.expect(key).to.not.have.property("d"))',
    },
  },
];

const machines: readonly Step[] = [
  {
    name: "A machine gets a token",
    operation: "token",
    as: machine,
    sends: { grant_type: "client_credentials", scope: "{{scope}}", resource: "{{resource}}" },
    status: 200,
    holds: {
      "the scope is the one that was asked": 'pm.expect(body.scope).to.equal(pm.variables.get("scope"))',
      "no cache keeps it": 'pm.expect(pm.response.headers.get("cache-control")).to.equal("no-store")',
    },
    keeps: { access_token: "body.access_token" },
  },
  {
    name: "The token is active",
    operation: "introspect",
    as: machine,
    sends: { token: "{{access_token}}" },
    status: 200,
    holds: {
      "it is active": "pm.expect(body.active).to.equal(true)",
      "it is for the resource": 'pm.expect(body.aud).to.equal(pm.variables.get("resource"))',
    },
  },
  {
    name: "The machine ends it",
    operation: "revoke",
    as: machine,
    sends: { token: "{{access_token}}" },
    status: 200,
  },
  {
    name: "The token is active no more",
    operation: "introspect",
    as: machine,
    sends: { token: "{{access_token}}" },
    status: 200,
    holds: { "nothing else is said": "pm.expect(body).to.eql({ active: false })" },
  },
  {
    name: "The feed tells that it ended",
    operation: "revocations",
    as: machine,
    sends: {},
    status: 200,
    holds: {
      "a token is among what ended": 'pm.expect(body.events.map((one) => one.kind)).to.include("token")',
    },
  },
];

const people: readonly Step[] = [
  {
    name: "An app registers itself",
    operation: "register",
    json: {
      client_name: "Postman",
      redirect_uris: ["{{redirect_uri}}"],
      grant_types: ["authorization_code", "refresh_token", deviceCodeGrant],
      token_endpoint_auth_method: "none",
    },
    status: 201,
    holds: { "there is no secret": 'pm.expect(body).to.not.have.property("client_secret")' },
    keeps: { app_id: "body.client_id" },
  },
  {
    name: "The app asks a person for access",
    operation: "authorize",
    before: [
      'const words = require("crypto-js");',
      "const url = (bytes) => bytes.toString(words.enc.Base64).replace(/\\+/g, '-').replace(/\\//g, '_').replace(/=/g, '');",
      "const verifier = url(words.lib.WordArray.random(32));",
      'pm.collectionVariables.set("verifier", verifier);',
      'pm.collectionVariables.set("challenge", url(words.SHA256(verifier)));',
    ],
    sends: {
      response_type: "code",
      client_id: "{{app_id}}",
      redirect_uri: "{{redirect_uri}}",
      code_challenge: "{{challenge}}",
      code_challenge_method: "S256",
      resource: "{{resource}}",
      state: "postman",
    },
    status: 303,
    holds: {
      "on to the page to sign in": 'pm.expect(pm.response.headers.get("location")).to.include("/sign-in?")',
    },
  },
  {
    name: "A device asks for a code",
    operation: "deviceAuthorization",
    sends: { client_id: "{{app_id}}", resource: "{{resource}}" },
    status: 200,
    holds: {
      "its person has something to type": "pm.expect(body.user_code).to.match(/^[A-Z]{4}-[A-Z]{4}$/)",
    },
    keeps: { device_code: "body.device_code" },
  },
  ...(["authorization_pending", "slow_down"] as const).map((error) => ({
    name: `The device asks: ${error}`,
    operation: "token",
    sends: { grant_type: deviceCodeGrant, client_id: "{{app_id}}", device_code: "{{device_code}}" },
    status: 400,
    holds: { [`the error is ${error}`]: `pm.expect(body.error).to.equal("${error}")` },
  })),
];

const refused = (
  name: string,
  step: Pick<Step, "operation" | "sends" | "as" | "status">,
  error: string,
): Step => ({
  ...step,
  name,
  holds: { [`the error is ${error}`]: `pm.expect(body.error).to.equal("${error}")` },
});

const wrong = { id: "{{client_id}}", secret: "wrong" };
const code = { grant_type: "authorization_code", client_id: "{{app_id}}", code: "x", code_verifier: "x" };

const refusals: readonly Step[] = [
  refused(
    "A wrong secret",
    { operation: "token", as: wrong, sends: { grant_type: "client_credentials" }, status: 401 },
    "invalid_client",
  ),
  refused(
    "A grant that does not exist",
    { operation: "token", as: machine, sends: { grant_type: "password" }, status: 400 },
    "unsupported_grant_type",
  ),
  refused("A code that was never issued", { operation: "token", sends: code, status: 400 }, "invalid_grant"),
  refused(
    "Introspection by a stranger",
    { operation: "introspect", sends: { client_id: "{{app_id}}", token: "x" }, status: 401 },
    "invalid_client",
  ),
  refused(
    "A redirect URI that is not registered",
    {
      operation: "authorize",
      sends: { response_type: "code", client_id: "{{app_id}}", redirect_uri: "https://evil.example.com/" },
      status: 400,
    },
    "invalid_request",
  ),
  {
    ...refused("Who is it, without a token", { operation: "userinfo", status: 401 }, "invalid_token"),
    holds: {
      "it is challenged": 'pm.expect(pm.response.headers.get("www-authenticate")).to.include("Bearer")',
    },
  },
];

/** Everything that can be run without a person, in the order in which each step finds what it needs. */
export const steps: readonly { readonly folder: string; readonly steps: readonly Step[] }[] = [
  { folder: "Discovery", steps: discovery },
  { folder: "Machines", steps: machines },
  { folder: "Apps and devices", steps: people },
  { folder: "Refusals", steps: refusals },
];
