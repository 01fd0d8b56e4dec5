import type { Expectation } from "../recipe.ts";
import type { Answer } from "./connection.ts";

type Fields = Readonly<Record<string, unknown>>;

/** @throws an error that shows the answer when it is not what the case asks for */
export function requireExpected(expects: Expectation, answer: Answer, sent: string): void {
  const fault = faultOf(expects, answer, sent);
  if (fault) throw new Error(`${fault}: ${answer.status} ${answer.body.slice(0, 400)}`);
}

function faultOf(expects: Expectation, { status, body }: Answer, sent: string): string | undefined {
  if (status !== 200) return "The status is not 200";
  if (expects === "done") return undefined;
  let fields: Fields;
  try {
    fields = JSON.parse(body) as Fields;
  } catch {
    return "The body is no JSON";
  }
  if (expects === "active") return fields.active === true ? undefined : "The token is not active";
  if (expects === "metadata")
    return isText(fields.issuer) && isText(fields.token_endpoint) ? undefined : "This is no metadata";
  if (expects === "person") return isText(fields.sub) ? undefined : "There is no subject";
  if (!isText(fields.access_token)) return "There is no access token";
  if (expects === "jwt" && !isEs256(fields.access_token)) return "The access token is no JWT by ES256";
  if (expects !== "refreshed") return undefined;
  if (!isText(fields.refresh_token)) return "There is no refresh token";
  return fields.refresh_token === sent ? "The refresh token was not rotated" : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.length > 0;
}

function isEs256(token: string): boolean {
  const [head, body, signature, more] = token.split(".");
  if (!head || !body || signature?.length !== 86 || more !== undefined) return false;
  return Buffer.from(head, "base64url").toString().includes('"ES256"');
}
