// Its types tell the whole program of a `req.auth`, as the guard's adapter for Express does: both compile together.
import { InvalidTokenError } from "@modelcontextprotocol/sdk/server/auth/errors.js";
import { requireBearerAuth } from "@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js";
import express, { type RequestHandler } from "express";
import { auth } from "express-oauth2-jwt-bearer";
import { createRemoteJWKSet, errors, jwtVerify } from "jose";
import { passportJwtSecret } from "jwks-rsa";
import { type Listening, listen } from "../packages/resource/src/testing/listen.ts";

// These two come without types.
const { default: passport } = await import("passport" as string);
const { ExtractJwt, Strategy } = await import("passport-jwt" as string);

/** What the author of a resource server knows. */
export interface Told {
  readonly issuer: string;
  readonly jwksUri: string;
  readonly audience: string;
}

type Guarded = (told: Told) => RequestHandler;

/** Libraries in front of an Express app, each as its manual sets it up; the app answers with the subject. */
export const foreignResources: Readonly<Record<string, Guarded>> = {
  "express-oauth2-jwt-bearer": ({ issuer, audience }) => auth({ issuerBaseURL: issuer, audience }),

  "express-oauth2-jwt-bearer, strict": ({ issuer, audience }) =>
    auth({ issuerBaseURL: issuer, audience, strict: true }),

  "passport-jwt with jwks-rsa": ({ issuer, jwksUri, audience }) => {
    const options = {
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKeyProvider: passportJwtSecret({ jwksUri, cache: true, rateLimit: true }),
      algorithms: ["ES256"],
      issuer,
      audience,
    };
    const isKnown = (claims: object, done: (error: null, user: object) => void) => done(null, claims);
    const authenticator = new passport.Passport().use(new Strategy(options, isKnown));
    return authenticator.authenticate("jwt", { session: false });
  },

  "requireBearerAuth of the MCP SDK, with jose": ({ issuer, jwksUri, audience }) => {
    const keys = createRemoteJWKSet(new URL(jwksUri));
    const verifyAccessToken = async (token: string) => {
      try {
        const { payload } = await jwtVerify(token, keys, { issuer, audience, typ: "at+jwt" });
        const scopes = String(payload.scope ?? "").split(" ");
        return {
          ...{ token, scopes, clientId: String(payload.client_id), resource: new URL(audience) },
          ...(payload.exp === undefined ? {} : { expiresAt: payload.exp }),
          extra: { subject: payload.sub },
        };
      } catch (cause) {
        if (cause instanceof errors.JOSEError) throw new InvalidTokenError(cause.message);
        throw cause;
      }
    };
    return requireBearerAuth({ verifier: { verifyAccessToken }, expectedResource: new URL(audience) });
  },
};

export async function aForeignResource(guarded: RequestHandler): Promise<Listening> {
  const app = express();
  // Express prints each refusal otherwise.
  app.set("env", "test");
  app.get("/", guarded, (request, response) => {
    const { auth: checked, user } = request as { auth?: Checked; user?: { sub?: string } };
    response.json({ subject: checked?.payload?.sub ?? checked?.extra?.subject ?? user?.sub });
  });
  return await listen(app);
}

/** Where the libraries leave what they found. */
interface Checked {
  readonly payload?: { readonly sub?: string };
  readonly extra?: { readonly subject?: string };
}
