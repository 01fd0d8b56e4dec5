import { clientIdUrlFault, requireDocument } from "@valetkey/protocol/client-document";
import { invalidClient, OAuthError, tooManyRequests } from "@valetkey/protocol/errors";
import { printable } from "@valetkey/protocol/printable";
import type { Limiter } from "../ports/limiter.ts";
import type { Outbound, OutboundAnswer } from "../ports/outbound.ts";
import type { Settings } from "../ports/settings.ts";
import type { Store } from "../ports/store.ts";
import type { Client } from "../records/client.ts";
import type { ClientDocument } from "../records/client-document.ts";
import type { Instant, Seconds } from "../records/instant.ts";
import { acceptedClient } from "./accepted.ts";
import { requireAllowedHost } from "./host-policy.ts";
import { oneFetch } from "./one-fetch.ts";
import { pinnedDocument } from "./pinned-documents.ts";

/** Hosts remembered as failing; beyond that the one that failed first is asked again. */
const mostResting = 1_000;

/** `address` is that of the caller who named the URL. */
export type ReadDocument = (url: string, now: Instant, address: string) => Promise<Client>;

/**
 * A client that a URL describes (draft-ietf-oauth-client-id-metadata-document-02): fetched when it is not fresh, kept by
 * HTTP's rules within bounds, on every node and over restarts. Errors are never kept (§5.2); while the document's host
 * fails, the last good copy serves for a bounded time, so that its trouble logs nobody out.
 * @throws invalid_client "document.*", "metadata.*"; "request.rate" with Retry-After
 */
export function documentReader({
  store,
  outbound,
  settings,
  limiter,
}: {
  store: Pick<Store, "documents">;
  outbound: Outbound;
  settings: Settings;
  limiter: Limiter;
}): ReadDocument {
  const { documents, registration } = settings;
  const once = oneFetch<ClientDocument>();
  /** When a host that failed is asked again; until then the last good copy answers without waiting for it. */
  const restUntil = new Map<string, Instant>();
  return async (url, now, address) => {
    if (!documents.enabled) throw invalidClient("document.disabled", { fact: printable(url, 200) });
    const fault = clientIdUrlFault(url, { loopback: documents.allowLoopback });
    if (fault !== undefined)
      throw invalidClient("document.url", { fact: `${fault}: ${printable(url, 200)}` });
    requireAllowedHost(url, documents);
    const kept = await store.documents.find(url);
    if (kept && (now < kept.freshUntil || (now < (restUntil.get(url) ?? 0) && stillServes(kept, now)))) {
      return kept.client;
    }
    if (!kept && now < (restUntil.get(url) ?? 0)) {
      const known = documents.pinned ? pinnedDocument(url) : undefined;
      if (known !== undefined) return pinnedCopy(url, known).client;
    }
    if (!kept || !stillServes(kept, now)) requireRoom(address, now);
    return (await once(url, () => refreshed(url, kept, now))).client;
  };

  /** Whoever names a URL that is not known here makes us call a host of their choice, and keep what it says. */
  function requireRoom(address: string, now: Instant): void {
    const wait = limiter.waitFor("document", address, now);
    if (wait > 0) throw tooManyRequests(wait, "request.rate");
    limiter.count("document", address, now);
  }

  async function refreshed(
    url: string,
    kept: ClientDocument | undefined,
    now: Instant,
  ): Promise<ClientDocument> {
    const etag = kept?.etag ?? undefined;
    const answer = await outbound.fetchJson(url, { maxBytes: documents.maxBytes, etag });
    const document = judge(url, answer, kept, now);
    if (answer.status === "refused") {
      if (restUntil.size >= mostResting) restUntil.delete(restUntil.keys().next().value ?? "");
      restUntil.set(url, now + documents.minFresh);
    } else {
      restUntil.delete(url);
      await store.documents.put(document);
    }
    return document;
  }

  function judge(
    url: string,
    answer: OutboundAnswer,
    kept: ClientDocument | undefined,
    now: Instant,
  ): ClientDocument {
    if (answer.status === "refused") return lastGood(url, answer, kept, now);
    const times = { fetchedAt: now, freshUntil: now + bounded(answer.freshFor) };
    if (answer.status === "not-modified") {
      if (!kept) throw invalidClient("document.unreachable", { fact: printable(url, 200) });
      return { ...kept, ...times };
    }
    const metadata = requireValid(url, answer.json);
    const firstSeenAt = kept?.firstSeenAt ?? now;
    const client = acceptedClient(url, "document", metadata, firstSeenAt);
    return { url, client, etag: answer.etag ?? null, firstSeenAt, ...times };
  }

  function requireValid(url: string, json: unknown) {
    try {
      return requireDocument(json, { url, appRedirects: registration.appRedirects });
    } catch (thrown) {
      if (!(thrown instanceof OAuthError)) throw thrown;
      const fact = `${thrown.message} ${thrown.fact ?? ""} ${printable(url, 200)}`;
      throw invalidClient(thrown.refusal === "metadata.malformed" ? "document.invalid" : thrown.refusal, {
        fact,
      });
    }
  }

  function lastGood(
    url: string,
    answer: Extract<OutboundAnswer, { status: "refused" }>,
    kept: ClientDocument | undefined,
    now: Instant,
  ): ClientDocument {
    const isForbidden = answer.reason === "address" || answer.reason === "url";
    if (kept && !isForbidden && stillServes(kept, now)) return kept;
    const known = documents.pinned && !isForbidden && !kept ? pinnedDocument(url) : undefined;
    if (known !== undefined) return pinnedCopy(url, known);
    const refusal = isForbidden ? "document.forbidden-address" : "document.unreachable";
    throw invalidClient(refusal, { fact: `${answer.fact} ${printable(url, 200)}` });
  }

  /** Never stored: the host's own document takes its place as soon as it can be had. */
  function pinnedCopy(url: string, json: unknown): ClientDocument {
    const client = acceptedClient(url, "document", requireValid(url, json), 0);
    return { url, client, etag: null, firstSeenAt: 0, fetchedAt: 0, freshUntil: 0 };
  }

  function stillServes(kept: ClientDocument, now: Instant): boolean {
    return now < kept.freshUntil + documents.staleIfError;
  }

  function bounded(freshFor: Seconds): Seconds {
    return Math.min(Math.max(freshFor, documents.minFresh), documents.maxFresh);
  }
}
