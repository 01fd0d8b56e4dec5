import { endpointPaths as path } from "@valetkey/protocol/server-metadata";
import {
  accountActivity,
  accountApp,
  accountData,
  accountDelete,
  accountEmail,
  accountExport,
  accountPasskey,
  accountPassword,
  accountSecurity,
  accountSessions,
} from "./account-pages.ts";
import { authorize } from "./authorize.ts";
import type { PathDescription } from "./description.ts";
import { deviceAuthorization } from "./device-authorization.ts";
import { authorizationServerMetadata, jwks, openidConfiguration } from "./documents.ts";
import { livez, readyz } from "./health.ts";
import {
  endSession,
  home,
  language,
  logo,
  passkeyScript,
  passwordScript,
  passwordStrength,
  setUp,
  stylesheet,
} from "./house-pages.ts";
import { interactionApi } from "./interaction-api.ts";
import { consent, signIn, upstreamCallback, upstreamConnect } from "./interaction-pages.ts";
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
  "/interaction/v1": interactionApi,
  "/upstream/{upstream}/callback": upstreamCallback,
  "/upstream/{upstream}/connect": upstreamConnect,
  "/device": device,
  "/device/decision": deviceDecision,
  "/account": account,
  "/account/sign-in": accountSignIn,
  "/account/security": accountSecurity,
  "/account/security/passkey": accountPasskey,
  "/account/security/password": accountPassword,
  "/account/security/app": accountApp,
  "/account/security/email": accountEmail,
  "/account/sessions": accountSessions,
  "/account/activity": accountActivity,
  "/account/data": accountData,
  "/account/export": accountExport,
  "/account/delete": accountDelete,
  "/set-up": setUp,
  "/reset": reset,
  "/invitation": invitation,
  "/verify-email": verifyEmail,
  "/": home,
  "/style.css": stylesheet,
  "/passkeys.js": passkeyScript,
  "/passwords.js": passwordScript,
  "/password-strength": passwordStrength,
  "/logo": logo,
  "/language": language,
  "/livez": livez,
  "/readyz": readyz,
};
