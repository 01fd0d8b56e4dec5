import type { Frame } from "./layout.ts";
import { isolated, type Markup, markup, named, webLink } from "./markup.ts";
import { caution } from "./parts.ts";
import { say, tell } from "./words/say.ts";
import type { Words } from "./words/words.ts";

export interface ConsentClient {
  name: string;
  /** Host of the metadata document for "document", else of the redirect URI. */
  host: string;
  /** How the client came to be known, and so how far its name can be believed. */
  identity: "registered" | "document" | "self-registered";
  /** Whether it only redirects to this computer, where any program may listen. */
  loopbackOnly: boolean;
  /** Whether the answer reaches this client and no other. */
  isProven: boolean;
  /** How long ago this server first met it: "3 days ago". */
  firstSeen: string;
  /** Whether this server met it only just now: a name that nobody here has dealt with before. */
  isNew?: boolean;
  /** Becomes a link only when it is an `https` address. */
  homepage?: string;
}

export interface ConsentParties extends Pick<Frame, "productName" | "words"> {
  client: ConsentClient;
  /** Host of the redirect URI, or its scheme where it has no host. Where the browser goes after the decision. */
  redirectHost: string;
  account: { email: string; name: string };
  /** Whose servers it wants to use. */
  resources: readonly { name: string; identifier: string }[];
  switchAccountHref?: string;
}

/** Who asks, for whom, and where the browser goes next. Hosts are shown whole: their end is what tells them apart. */
export function consentFacts(data: ConsentParties): Markup {
  const { client, account, switchAccountHref, words } = data;
  const texts = words.consent;
  return markup`<dl class="facts">
<div>
<dt>${texts.whoAsks}</dt>
<dd><strong>${who(data)}</strong><span class="hint">${identityOf(client.identity, data)}</span>${acquaintance(client, words)}${homepage(data)}</dd>
</div>
<div>
<dt>${texts.youReturnTo}</dt>
<dd><strong class="host">${isolated(data.redirectHost)}</strong>${client.loopbackOnly && markup`<span class="hint">${texts.programOnThisComputer}</span>`}</dd>
</div>
${accessTo(data)}<div>
<dt>${texts.signedInAs}</dt>
<dd>${named(account.name || account.email)}${account.name && markup`<span class="hint host">${isolated(account.email)}</span>`}${
    switchAccountHref && markup`<a href="${switchAccountHref}">${words.frame.useAnotherAccount}</a>`
  }</dd>
</div>
</dl>`;
}

/** On whose servers, each with its address. */
export function accessTo({
  resources,
  words,
}: Pick<ConsentParties, "resources" | "words">): Markup | undefined {
  if (resources.length === 0) return undefined;
  return markup`<div>
<dt>${words.consent.accessTo}</dt>
${resources.map(
  ({
    name,
    identifier,
  }) => markup`<dd>${named(name)}<span class="hint host">${isolated(identifier)}</span></dd>
`,
)}</div>
`;
}

export function namesOf(resources: ConsentParties["resources"]): Markup {
  return named(resources.map(({ name }) => name).join(", "));
}

/** Whether it is who it says, and since when this server knows it. */
export function acquaintance(
  { isProven, firstSeen }: Pick<ConsentClient, "isProven" | "firstSeen">,
  { consent: texts }: Words,
): Markup {
  return markup`<span class="hint">${isProven ? texts.proven : texts.notProven}</span><span class="hint">${tell(texts.firstSeen, { ago: firstSeen })}</span>`;
}

/** What the name above does not prove. MCP authorization, security considerations: localhost redirect URI risks. */
export function consentCautions({ client, words }: ConsentParties): Markup | undefined {
  const texts = words.consent;
  const sentences = [
    client.identity === "self-registered" && texts.selfRegisteredCaution,
    client.loopbackOnly && texts.loopbackCaution,
    client.isNew && texts.newCaution,
  ];
  return caution(
    words.frame.caution,
    sentences.filter((one) => typeof one === "string").map((one) => say(one)),
  );
}

/** How the client came to be known, in words. */
export function identityOf(
  identity: ConsentClient["identity"],
  { words, productName: product }: Pick<Frame, "productName" | "words">,
): string {
  const texts = words.appAccess;
  if (identity === "registered") return tell(texts.registered, { product });
  return identity === "document" ? texts.document : texts.selfRegistered;
}

// The host of a client without a document is where it redirects, which the next line says.
function who({ client, redirectHost }: ConsentParties): Markup {
  const isSaidBelow = client.identity !== "document" && client.host === redirectHost;
  return isSaidBelow ? named(client.name) : markup`<span class="host">${isolated(client.host)}</span>`;
}

// CIMD §8.8: a client's document is a stranger's text, and only a web address in it may become a link.
function homepage({ client: { homepage: address }, words }: ConsentParties): Markup | undefined {
  const link = address === undefined ? undefined : webLink(address);
  if (link === undefined) return undefined;
  const host = markup`<a class="host" href="${link.href}" target="_blank" rel="noopener noreferrer">${isolated(link.host)}</a>`;
  return markup`<span class="hint">${say(words.consent.website, { host })}</span>`;
}
