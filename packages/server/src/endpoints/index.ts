import { wellKnownUrls } from "@valetkey/protocol/issuer";
import { endpointPaths } from "@valetkey/protocol/server-metadata";
import { jsonRefusal } from "../http/endpoint.ts";
import type { Route } from "../http/router.ts";
import { account, accountForm } from "./account.ts";
import { activityForm } from "./account-activity.ts";
import { app, appForm } from "./account-app.ts";
import { data, dataForm } from "./account-data.ts";
import { remove, removeForm } from "./account-delete.ts";
import { email, emailForm } from "./account-email.ts";
import { exportData } from "./account-export.ts";
import { passkey, passkeyForm } from "./account-passkey.ts";
import { password, passwordForm } from "./account-password.ts";
import { security, securityForm } from "./account-security.ts";
import { sessions, sessionsForm } from "./account-sessions.ts";
import { authorizationByPost, authorizationEndpoint } from "./authorize.ts";
import { chooseLanguage } from "./choose-language.ts";
import { consent, consentForm } from "./consent.ts";
import type { Context } from "./context.ts";
import { deviceCode, deviceForm } from "./device.ts";
import { deviceAuthorizationEndpoint } from "./device-authorization.ts";
import { deviceDecision } from "./device-decision.ts";
import { endSessionEndpoint } from "./end-session.ts";
import { alive, ready } from "./health.ts";
import { homeEndpoint } from "./home.ts";
import { interactionState, interactionStep, pagesOrigin } from "./interaction.ts";
import { introspectionEndpoint } from "./introspect.ts";
import { invitation, invitationForm } from "./invitation.ts";
import { jwksEndpoint } from "./jwks.ts";
import { logoEndpoint } from "./logo.ts";
import { authorizationServerDocument, openidDocument } from "./metadata.ts";
import { outboxEndpoint } from "./outbox.ts";
import { ownSignIn } from "./own-page.ts";
import { pageScriptEndpoint } from "./page-script.ts";
import { passkeyScriptPath } from "./passkey-script.ts";
import { passwordScriptPath } from "./password-script.ts";
import { passwordStrength, passwordStrengthPath } from "./password-strength.ts";
import { refusalPage } from "./refusal-page.ts";
import { registrationEndpoint } from "./register.ts";
import { isResetOpen, reset, resetForm } from "./reset.ts";
import { revocationFeedEndpoint } from "./revocations.ts";
import { revocationEndpoint } from "./revoke.ts";
import { setUp, setUpForm } from "./set-up.ts";
import { signIn, signInForm } from "./sign-in.ts";
import { stylesheetEndpoint } from "./stylesheet.ts";
import { tokenEndpoint } from "./token.ts";
import { connectUpstream, upstreamCallback, upstreamFormPost } from "./upstream.ts";
import { bearerRefusal, userInfoEndpoint } from "./userinfo.ts";
import { verifyEmailByForm, verifyEmailForm } from "./verify-email.ts";

/** The table of routes: path, method, the face of a refusal, whether other origins may read, the step in the trace. */
export function routes(context: Context): readonly Route[] {
  const { settings, basePath, mailer, upstreams } = context;
  const path = endpointPaths;
  const program = { face: jsonRefusal, cors: true } as const;
  const person = { face: refusalPage(context), cors: false } as const;
  const userInfo = userInfoEndpoint(context);
  const endSession = endSessionEndpoint(context);
  const pages = pagesOrigin(context);

  const ours: readonly Route[] = [
    {
      path: path.authorization,
      methods: { GET: authorizationEndpoint(context), POST: authorizationByPost(context) },
      ...person,
      step: "authorization",
    },
    {
      path: "/sign-in",
      methods: { GET: signInForm(context), POST: signIn(context) },
      ...person,
      step: "sign-in",
    },
    {
      path: "/consent",
      methods: { GET: consentForm(context), POST: consent(context) },
      ...person,
      step: "consent",
    },
    {
      path: "/interaction/v1",
      methods: { GET: interactionState(context), POST: interactionStep(context) },
      face: jsonRefusal,
      cors: pages === undefined ? false : { origin: pages },
      step: "interaction",
    },
    {
      path: path.deviceAuthorization,
      methods: { POST: deviceAuthorizationEndpoint(context) },
      face: jsonRefusal,
      cors: false,
      step: "device-authorization",
    },
    {
      path: "/device",
      methods: { GET: deviceForm(context), POST: deviceCode(context) },
      ...person,
      step: "device",
    },
    { path: "/device/decision", methods: { POST: deviceDecision(context) }, ...person, step: "device" },
    {
      path: "/account",
      methods: { GET: accountForm(context), POST: account(context) },
      ...person,
    },
    ...accountPages(context).map((route) => ({ ...route, ...person })),
    {
      path: "/account/sign-in",
      methods: { GET: ownSignIn(context) },
      ...person,
      step: "sign-in",
    },
    ...upstreams.list.flatMap(({ id }) => [
      {
        path: `/upstream/${id}/callback`,
        methods: { GET: upstreamCallback(context, id), POST: upstreamFormPost(context, id) },
        ...person,
        step: "sign-in",
      },
      {
        path: `/upstream/${id}/connect`,
        methods: { POST: connectUpstream(context, id) },
        ...person,
        step: "sign-in",
      },
    ]),
    { path: path.token, methods: { POST: tokenEndpoint(context) }, ...program, step: "token" },
    {
      path: path.introspection,
      methods: { POST: introspectionEndpoint(context) },
      face: jsonRefusal,
      cors: false,
      step: "introspection",
    },
    // Asked every few seconds by every resource: only a refusal is worth a step in the trace.
    {
      path: path.revocationFeed,
      methods: { POST: revocationFeedEndpoint(context) },
      face: jsonRefusal,
      cors: false,
    },
    { path: path.revocation, methods: { POST: revocationEndpoint(context) }, ...program, step: "revocation" },
    {
      path: path.registration,
      methods: { POST: registrationEndpoint(context) },
      ...program,
      step: "registration",
    },
    {
      path: path.userinfo,
      methods: { GET: userInfo, POST: userInfo },
      face: bearerRefusal,
      cors: true,
      step: "userinfo",
    },
    { path: path.endSession, methods: { GET: endSession, POST: endSession }, ...person, step: "sign-out" },
    { path: path.jwks, methods: { GET: jwksEndpoint(context) }, ...program },
    ...(isResetOpen(context)
      ? [
          {
            path: "/reset",
            methods: { GET: resetForm(context), POST: reset(context) },
            ...person,
            step: "reset",
          },
        ]
      : []),
    {
      path: "/verify-email",
      methods: { GET: verifyEmailForm(context), POST: verifyEmailByForm(context) },
      ...person,
      step: "verify-email",
    },
    {
      path: "/invitation",
      methods: { GET: invitationForm(context), POST: invitation(context) },
      ...person,
      step: "invitation",
    },
    { path: "/set-up", methods: { GET: setUpForm(context), POST: setUp(context) }, ...person },
    // A page with every code and link exists only where nobody but its developer reads it.
    ...(mailer.kind === "outbox"
      ? [{ path: "/outbox", methods: { GET: outboxEndpoint(context) }, ...person }]
      : []),
    { path: "/style.css", methods: { GET: stylesheetEndpoint(context) }, ...person },
    { path: passkeyScriptPath, methods: { GET: pageScriptEndpoint(context.passkeyScript) }, ...person },
    { path: passwordScriptPath, methods: { GET: pageScriptEndpoint(context.passwordScript) }, ...person },
    {
      path: passwordStrengthPath,
      methods: { POST: passwordStrength(context) },
      face: jsonRefusal,
      cors: false,
    },
    { path: "/logo", methods: { GET: logoEndpoint(context) }, ...person },
    { path: "/language", methods: { POST: chooseLanguage(context) }, ...person },
    { path: "/livez", methods: { GET: alive }, face: jsonRefusal, cors: false },
    { path: "/readyz", methods: { GET: ready(context) }, face: jsonRefusal, cors: false },
    { path: "/", methods: { GET: homeEndpoint(context) }, ...person },
    // The issuer as it is written, where it has a path.
    ...(basePath === "" ? [] : [{ path: "", methods: { GET: homeEndpoint(context) }, ...person }]),
  ];
  const documents = wellKnownUrls(settings.issuer);
  const discovery = { ...program, step: "discovery" };
  return [
    ...ours.map((route) => ({ ...route, path: `${basePath}${route.path}` })),
    ...documents.authorizationServer.map((url) => ({
      path: new URL(url).pathname,
      methods: { GET: authorizationServerDocument(context) },
      ...discovery,
    })),
    ...documents.openidConfiguration.map((url) => ({
      path: new URL(url).pathname,
      methods: { GET: openidDocument(context) },
      ...discovery,
    })),
  ];
}

/** The pages of a person's account, beside the first one. */
function accountPages(context: Context): readonly Pick<Route, "path" | "methods">[] {
  const at = (path: string, methods: Route["methods"]) => ({ path: `/account/${path}`, methods });
  return [
    at("security", { GET: securityForm(context), POST: security(context) }),
    at("security/passkey", { GET: passkeyForm(context), POST: passkey(context) }),
    at("security/password", { GET: passwordForm(context), POST: password(context) }),
    at("security/app", { GET: appForm(context), POST: app(context) }),
    at("security/email", { GET: emailForm(context), POST: email(context) }),
    at("sessions", { GET: sessionsForm(context), POST: sessions(context) }),
    at("activity", { GET: activityForm(context) }),
    at("data", { GET: dataForm(context), POST: data(context) }),
    at("export", { POST: exportData(context) }),
    at("delete", { GET: removeForm(context), POST: remove(context) }),
  ];
}
