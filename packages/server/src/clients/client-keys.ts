import { invalidClient } from "@valetkey/protocol/errors";
import type { JSONWebKeySet } from "jose";
import type { Outbound } from "../ports/outbound.ts";
import type { Client } from "../records/client.ts";
import type { Instant, Seconds } from "../records/instant.ts";
import { oneFetch } from "./one-fetch.ts";

/** The public keys of a client: those in its registration, or those behind its jwks_uri. */
export interface ClientKeys {
  /** @throws invalid_client "assertion.key" when there are none to be had */
  of(client: Client, now: Instant, options?: { readonly fresh?: boolean }): Promise<JSONWebKeySet>;
}

interface Kept {
  readonly set: JSONWebKeySet;
  readonly until: Instant;
  readonly fetchedAt: Instant;
}

/** How long a set is kept at least and at most; below the floor nobody makes us fetch again. */
const floor: Seconds = 30;
const ceiling: Seconds = 3600;
const mostSets = 1000;

export function clientKeys(outbound: Outbound): ClientKeys {
  const sets = new Map<string, Kept>();
  const once = oneFetch<Kept>();
  return {
    async of(client, now, { fresh = false } = {}) {
      if (client.jwks) return client.jwks as unknown as JSONWebKeySet;
      const uri = client.jwksUri;
      if (uri === null) throw invalidClient("assertion.key", { fact: client.id.slice(0, 200) });
      const kept = sets.get(uri);
      const stillGood = kept && (fresh ? now - kept.fetchedAt < floor : now < kept.until);
      if (kept && stillGood) return kept.set;
      const fetched = await once(uri, () => fetchSet(uri, now));
      sets.delete(uri);
      if (sets.size >= mostSets) sets.delete(sets.keys().next().value ?? "");
      sets.set(uri, fetched);
      return fetched.set;
    },
  };

  async function fetchSet(uri: string, now: Instant): Promise<Kept> {
    const answer = await outbound.fetchJson(uri);
    if (answer.status !== "ok" || !isKeySet(answer.json)) {
      const fact = answer.status === "refused" ? `${uri}: ${answer.fact}` : uri;
      throw invalidClient("assertion.key", { fact: fact.slice(0, 300) });
    }
    const freshFor = Math.min(Math.max(answer.freshFor, floor), ceiling);
    return { set: answer.json, until: now + freshFor, fetchedAt: now };
  }
}

function isKeySet(json: unknown): json is JSONWebKeySet {
  return typeof json === "object" && json !== null && "keys" in json && Array.isArray(json.keys);
}
