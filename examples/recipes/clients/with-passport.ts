import { randomBytes } from "node:crypto";
import express, { type Express, type RequestHandler } from "express";
import { modelsOf, scope, type Terms } from "./app.ts";
import { OAuth2Strategy, PassportClass, session } from "./packages.ts";

interface User {
  readonly name: string;
  readonly email: string;
  readonly accessToken: string;
}

/** passport-oauth2 as OAuth 2.1 asks: PKCE and `state` are off until they are named, and `iss` is checked in front of it. */
export function withPassport({ origin, issuer, api, clientId, clientSecret }: Terms): Express {
  const strategy = new OAuth2Strategy(
    {
      authorizationURL: `${issuer}/authorize`,
      tokenURL: `${issuer}/token`,
      clientID: clientId,
      clientSecret,
      callbackURL: `${origin}/callback`,
      scope,
      pkce: true, // S256
      state: true,
    },
    (accessToken, _refreshToken, profile, done) => done(null, { ...(profile as object), accessToken }),
  );
  strategy.authorizationParams = () => ({ resource: api });
  // By itself it asks nobody; and its own `_oauth2.get` puts the token into the URL.
  strategy.userProfile = (accessToken, done) => {
    fetch(`${issuer}/userinfo`, { headers: { authorization: `Bearer ${accessToken}` } })
      .then((response) => {
        // Whom nobody names is not signed in.
        if (!response.ok) throw new Error(`UserInfo answered ${response.status}.`);
        return response.json();
      })
      .then((profile) => done(null, profile), done);
  };

  const passport = new PassportClass();
  passport.use(strategy);
  passport.serializeUser((user, done) => done(null, user));
  passport.deserializeUser((kept, done) => done(null, kept));

  /** RFC 9207 §2.4: an answer of another issuer is none; the package does not look. */
  const requireIssuer: RequestHandler = (request, response, next) => {
    if (request.query.iss === issuer) next();
    else response.status(400).send("Another issuer answered.");
  };

  const app = express();
  const cookie = { httpOnly: true, sameSite: "lax", secure: origin.startsWith("https:") };
  app.use(
    session({ secret: randomBytes(32).toString("hex"), resave: false, saveUninitialized: false, cookie }),
  );
  app.use(passport.initialize(), passport.session());
  app.get("/login", passport.authenticate("oauth2"));
  app.get("/callback", requireIssuer, passport.authenticate("oauth2", { successRedirect: "/me" }));
  app.get("/me", async (request, response) => {
    const { user } = request as { user?: User };
    if (!user) return response.redirect("/login");
    const { name, email, accessToken } = user;
    response.json({ name, email, models: await modelsOf(api, accessToken) });
  });
  return app;
}
