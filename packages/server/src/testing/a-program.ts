import assert from "node:assert/strict";
import type { Outbound, OutboundAnswer } from "../ports/outbound.ts";
import type { Client } from "../records/client.ts";
import { login, post, redeem, type TokenAnswer } from "./a-login.ts";
import type { AServer } from "./a-server.ts";
import type { AnswerBody } from "./answer-body.ts";

/** Both faces of a refusal: what went out, and the reason that stayed. */
export function faces(server: AServer, { status, body }: TokenAnswer): readonly unknown[] {
  return [status, body.error, server.audit.lastRefusal];
}

/** The payload of a JWT, unverified. */
export function claimsOf(jwt: string): Readonly<Record<string, unknown>> {
  return JSON.parse(Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString());
}

/** RFC 6749 §2.3.1: id and secret form-encoded, then joined. */
export function basic(id: string, secret: string): { authorization: string } {
  const encoded = [id, secret].map((text) => new URLSearchParams({ t: text }).toString().slice(2)).join(":");
  return { authorization: `Basic ${Buffer.from(encoded).toString("base64")}` };
}

/** A machine of our own that may look into tokens for `resources`. */
export function aLookout(server: AServer, ...resources: readonly string[]) {
  return server.client({ authMethods: ["client_secret_basic"], introspects: resources, grantTypes: [] });
}

export function introspect(
  server: AServer,
  lookout: Pick<Client, "id"> & { readonly secret: string },
  token: string,
) {
  return post(server, "/introspect", { token }, basic(lookout.id, lookout.secret));
}

/** A person's tokens on a new device, from sign-in to the token answer. */
export async function device(
  server: AServer,
  client: Pick<Client, "id">,
  parameters: Readonly<Record<string, string | readonly string[] | undefined>> = {},
  email?: string,
): Promise<AnswerBody> {
  const answer = await redeem(server, client, await login(server, client, parameters, email));
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body;
}

/** The lineage that an access token names. */
export async function lineageOf(server: AServer, accessToken: string) {
  const lineage = await server.store.lineages.find(Number(claimsOf(accessToken).lineage));
  assert.ok(lineage);
  return lineage;
}

/** An outside world that a test writes, and that counts who asks. */
export class AnOutside implements Outbound {
  readonly calls: { readonly url: string; readonly etag: string | undefined }[] = [];
  readonly answers = new Map<string, OutboundAnswer>();
  /** Awaited before each answer. */
  gate: Promise<void> = Promise.resolve();

  async fetchJson(url: string, limits: { readonly etag?: string | undefined } = {}): Promise<OutboundAnswer> {
    this.calls.push({ url, etag: limits.etag });
    await this.gate;
    return this.answers.get(url) ?? refusedFetch("unreachable");
  }
  says(url: string, json: unknown, about: { freshFor?: number; etag?: string } = {}): void {
    this.answers.set(url, {
      status: "ok",
      json,
      bytes: 100,
      freshFor: about.freshFor ?? 0,
      etag: about.etag,
    });
  }
}

export function refusedFetch(
  reason: Extract<OutboundAnswer, { status: "refused" }>["reason"],
): OutboundAnswer {
  return { status: "refused", reason, fact: "Said by the test." };
}
