import { randomBytes } from "node:crypto";
import type { RequestListener } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { modelsOf, scope, type Terms } from "./app.ts";
import { Auth, getToken } from "./packages.ts";

/** Auth.js with a provider of one's own; @auth/sveltekit, next-auth and the others take the same configuration. */
export function withAuthJs({ origin, issuer, api, clientId, clientSecret }: Terms): RequestListener {
  const secret = randomBytes(32).toString("hex"); // yours stays the same from start to start
  const config = {
    basePath: "/auth",
    secret,
    trustHost: true, // yours stands behind a proxy that sets Host, or names itself in AUTH_URL
    providers: [
      {
        id: "valetkey",
        name: "Valetkey",
        type: "oidc",
        issuer,
        clientId,
        clientSecret,
        checks: ["pkce", "state", "nonce"], // left out, it is pkce alone
        authorization: { params: { scope, resource: api } }, // the token is for the API
        idToken: false, // the profile is read at UserInfo
      },
    ],
    // Encrypted in a cookie that no script can read; a `session` callback would show it to the page.
    callbacks: {
      jwt: ({ token, account }: { token: object; account?: { access_token: string } | null }) =>
        account ? { ...token, api: account.access_token } : token,
    },
    logger: { error: () => {} }, // what it refused, for your log
  };

  async function me(request: Request): Promise<Response> {
    const user = await getToken({ req: request, secret, secureCookie: origin.startsWith("https:") });
    if (!user) return Response.redirect(`${origin}/auth/signin`);
    const { name, email } = user;
    return Response.json({ name, email, models: await modelsOf(api, String(user.api)) });
  }

  return getRequestListener((request) =>
    new URL(request.url).pathname === "/me" ? me(request) : Auth(request, config),
  );
}
