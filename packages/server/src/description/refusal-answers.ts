import { OAuthError, type OAuthErrorCode } from "@valetkey/protocol/errors";
import { type Refusal, refusals } from "@valetkey/protocol/refusals";
import type { HttpRequest, HttpResponse } from "../http/message.ts";
import type { Route } from "../http/router.ts";
import type { Refusals } from "./description.ts";
import { named, type Schema } from "./schema.ts";
import { sentences } from "./sentences.ts";

const told: Readonly<Record<string, string>> = {
  "retry-after": "Seconds after which the same request may succeed.",
  "dpop-nonce": "The nonce for the next proof: RFC 9449 §8.",
  "www-authenticate": "The challenge, where the request carried an Authorization header: RFC 9110 §11.6.1.",
};

/** A caller that authenticates in the header and would take JSON: what it is told is all that anybody is told. */
function asked(method: string, path: string): HttpRequest {
  const headers: Readonly<Record<string, string>> = { authorization: "Basic", accept: "application/json" };
  return { method, path, query: "", body: "", address: "", header: (name) => headers[name] };
}

/** The answers of a route to what it refuses, by status: shown by the face that the route itself shows. */
export function refusalAnswers(
  route: Route,
  method: string,
  refuses: Refusals,
  isPage: boolean,
): ReadonlyMap<number, Schema> {
  const byStatus = new Map<number, { headers: Set<string>; reasons: Map<OAuthErrorCode, Refusal[]> }>();
  for (const [code, words] of entriesOf(refuses)) {
    for (const word of words) {
      const { status, headers } = answered(route, method, code, word);
      const known = byStatus.get(status) ?? { headers: new Set(), reasons: new Map() };
      for (const name of Object.keys(headers)) if (Object.hasOwn(told, name)) known.headers.add(name);
      known.reasons.set(code, [...(known.reasons.get(code) ?? []), word]);
      byStatus.set(status, known);
    }
  }
  return new Map(
    [...byStatus].map(([status, { headers, reasons }]) => [
      status,
      {
        description: reasonsOf(reasons),
        ...(headers.size > 0 && { headers: Object.fromEntries([...headers].map(headerOf)) }),
        content: {
          "application/json": { schema: errorOf([...reasons.keys()]), examples: examplesOf(reasons) },
          ...(isPage && { "text/html": { schema: { type: "string" } } }),
        },
      },
    ]),
  );
}

export function entriesOf(refusals: Refusals): readonly (readonly [OAuthErrorCode, readonly Refusal[]])[] {
  return Object.entries(refusals) as [OAuthErrorCode, readonly Refusal[]][];
}

function answered(route: Route, method: string, code: OAuthErrorCode, word: Refusal): HttpResponse {
  const context = {
    ...(code === "temporarily_unavailable" && { retryAfter: 1 }),
    ...(code === "use_dpop_nonce" && { dpopNonce: "NONCE" }),
  };
  return route.face(new OAuthError(code, "", word, context), asked(method, route.path));
}

function reasonsOf(reasons: ReadonlyMap<OAuthErrorCode, readonly Refusal[]>): string {
  return [...reasons]
    .map(([code, words]) => {
      const lines = words.map((word) => `- \`${word}\`: ${refusals[word].says}`);
      return `\`${code}\`:\n\n${lines.join("\n")}`;
    })
    .join("\n\n");
}

function errorOf(codes: readonly OAuthErrorCode[]): Schema {
  return { allOf: [named("Error"), { properties: { error: { enum: codes } } }] };
}

function examplesOf(reasons: ReadonlyMap<OAuthErrorCode, readonly Refusal[]>): Schema {
  return Object.fromEntries(
    [...reasons.keys()].map((code) => {
      const sentence = sentences[code];
      return [code, { value: { error: code, ...(sentence && { error_description: sentence }) } }];
    }),
  );
}

function headerOf(name: string): readonly [string, Schema] {
  return [name, { description: told[name], schema: { type: "string" } }];
}
