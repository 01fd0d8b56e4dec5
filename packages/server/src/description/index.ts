import { endpointPaths as path } from "@valetkey/protocol/server-metadata";
import { authorize } from "./authorize.ts";
import type { PathDescription } from "./description.ts";
import { deviceAuthorization } from "./device-authorization.ts";
import { authorizationServerMetadata, jwks, openidConfiguration } from "./documents.ts";
import { livez, readyz } from "./health.ts";
import { endSession, home, language, logo, passkeyScript, setUp, stylesheet } from "./house-pages.ts";
import { consent, signIn } from "./interaction-pages.ts";
import { introspect } from "./introspect.ts";
import { account, accountSignIn, device, deviceDecision } from "./own-pages.ts";
import { invitation, reset, verifyEmail } from "./people-pages.ts";
import { register } from "./register.ts";
import { revocations } from "./revocations.ts";
import { revoke } from "./revoke.ts";
import { token } from "./token.ts";
import { userinfo } from "./userinfo.ts";

/** What is said of every path of the table of routes, for an issuer without a path of its own. A test holds both together. */
export const descriptions: Readonly<Record<string, PathDescription>> = {
  "/.well-known/oauth-authorization-server": authorizationServerMetadata,
  "/.well-known/openid-configuration": openidConfiguration,
  [path.jwks]: jwks,
  [path.authorization]: authorize,
  [path.deviceAuthorization]: deviceAuthorization,
  [path.token]: token,
  [path.introspection]: introspect,
  [path.revocation]: revoke,
  [path.revocationFeed]: revocations,
  [path.registration]: register,
  [path.userinfo]: userinfo,
  [path.endSession]: endSession,
  "/sign-in": signIn,
  "/consent": consent,
  "/device": device,
  "/device/decision": deviceDecision,
  "/account": account,
  "/account/sign-in": accountSignIn,
  "/set-up": setUp,
  "/reset": reset,
  "/invitation": invitation,
  "/verify-email": verifyEmail,
  "/": home,
  "/style.css": stylesheet,
  "/passkeys.js": passkeyScript,
  "/logo": logo,
  "/language": language,
  "/livez": livez,
  "/readyz": readyz,
};
