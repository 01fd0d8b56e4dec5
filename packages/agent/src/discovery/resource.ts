import { readChallenges } from "@valetkey/protocol/challenge";
import { sameResource } from "@valetkey/protocol/resource-indicator";
import { resourceMetadataUrl } from "@valetkey/protocol/resource-metadata";
import { isScopeToken } from "@valetkey/protocol/scope";
import { type AddressRules, requireSafeAddress, rulesFor } from "../address.ts";
import { AgentError } from "../errors.ts";
import { askForHeaders, askForJson, type Outbound } from "../outbound.ts";
import { requireTexts } from "./texts.ts";

/** What is known of a resource before its issuer is asked. */
export interface ResourceFacts {
  /** As the resource names itself. */
  readonly resource: string;
  /** Issuer identifiers, the resource's own choice first. */
  readonly issuers: readonly string[];
  /** What an ordinary request needs: the challenge's scopes, else those of the metadata. undefined: neither says. */
  readonly scopes: readonly string[] | undefined;
  readonly isDpopRequired: boolean;
}

/**
 * MCP authorization, discovery, and RFC 9728 §5: asks the resource without a token; reads the metadata document that its
 * challenge names, else the one at the path's well-known URL, else at the root's.
 * @throws AgentError address-unsafe, issuer-unknown, resource-differs, answer-malformed, unreachable
 */
export async function discoverResource(outbound: Outbound, target: string): Promise<ResourceFacts> {
  const rules = rulesFor(target);
  const url = requireSafeAddress(target, rules, "the resource");
  const challenge = await challengeOf(outbound, url);
  const named = challenge?.get("resource_metadata");
  const scope = challenge?.get("scope");
  const places =
    named === undefined ? [resourceMetadataUrl(url.href), resourceMetadataUrl(`${url.origin}/`)] : [named];
  for (const place of new Set(places)) {
    const found = await documentAt(
      outbound,
      requireSafeAddress(place, rules, "the resource's metadata"),
      rules,
    );
    if (found === undefined) continue;
    requireSame(found, target);
    return {
      ...factsOf(found, rules),
      ...(scope === undefined ? {} : { scopes: scope.split(" ").filter(isScopeToken) }),
    };
  }
  throw new AgentError("issuer-unknown", `${url.origin}${url.pathname} does not say who issues its tokens.`);
}

async function challengeOf(outbound: Outbound, url: URL): Promise<ReadonlyMap<string, string> | undefined> {
  const { status, headers } = await askForHeaders(outbound, url, {
    headers: { accept: "application/json, text/event-stream" },
  });
  if (status !== 401) return undefined;
  const challenges = readChallenges(headers.get("www-authenticate") ?? "");
  const ours = challenges.filter(({ scheme }) => /^(?:bearer|dpop)$/i.test(scheme));
  return (ours.find(({ attributes }) => attributes.has("resource_metadata")) ?? ours[0])?.attributes;
}

type Document = Readonly<Record<string, unknown>>;

async function documentAt(outbound: Outbound, url: URL, rules: AddressRules): Promise<Document | undefined> {
  const { status, body } = await askForJson(outbound, url);
  if (status !== 200) return undefined;
  if (body === undefined || typeof body.resource !== "string") {
    throw new AgentError("answer-malformed", `${url.href} is no metadata of a resource.`);
  }
  requireSafeAddress(body.resource, rules, "the resource");
  return body;
}

/** RFC 9728 §3.3: a document about another resource than the one that was asked for is not used. */
function requireSame({ resource }: Document, target: string): void {
  if (sameResource(String(resource), target)) return;
  throw new AgentError(
    "resource-differs",
    `${target.slice(0, 200)} is described by the metadata of ${JSON.stringify(String(resource).slice(0, 200))}.`,
    { address: new URL(String(resource)).href.slice(0, 200) },
  );
}

function factsOf(document: Document, rules: AddressRules): ResourceFacts {
  const issuers = requireTexts(document, "authorization_servers") ?? [];
  if (issuers.length === 0) {
    throw new AgentError("issuer-unknown", `The metadata of ${document.resource} names no issuer.`);
  }
  // A resource far away leads nobody to a program on this machine.
  for (const issuer of issuers) requireSafeAddress(issuer, rules, "the issuer");
  return {
    resource: String(document.resource),
    issuers,
    scopes: requireTexts(document, "scopes_supported")?.filter(isScopeToken),
    isDpopRequired: document.dpop_bound_access_tokens_required === true,
  };
}
