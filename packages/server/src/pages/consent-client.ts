import { isolated, type Markup, markup, named, webLink } from "./markup.ts";

export interface ConsentClient {
  name: string;
  /** Host of the metadata document for "document", else of the redirect URI. */
  host: string;
  /** How the client came to be known, and so how far its name can be believed. */
  identity: "registered" | "document" | "self-registered";
  /** Whether it only redirects to this computer, where any program may listen. */
  loopbackOnly: boolean;
  /** Whether this server met it only just now: a name that nobody here has dealt with before. */
  isNew?: boolean;
  /** Becomes a link only when it is an `https` address. */
  homepage?: string;
}

export interface ConsentParties {
  client: ConsentClient;
  /** Host of the redirect URI, or its scheme where it has no host. Where the browser goes after the decision. */
  redirectHost: string;
  account: { email: string; name: string };
  resource?: { name: string; identifier: string } | undefined;
  switchAccountHref?: string;
  productName: string;
}

/** Who asks, for whom, and where the browser goes next. Hosts are shown whole: their end is what tells them apart. */
export function consentFacts(data: ConsentParties): Markup {
  const { client, resource, account, switchAccountHref } = data;
  return markup`<dl class="facts">
<div>
<dt>Who asks</dt>
<dd><strong>${who(data)}</strong><span class="hint">${identities[client.identity](data.productName)}</span>${homepage(client)}</dd>
</div>
<div>
<dt>You return to</dt>
<dd><strong class="host">${isolated(data.redirectHost)}</strong>${client.loopbackOnly && markup`<span class="hint">A program on this computer.</span>`}</dd>
</div>
${
  resource &&
  markup`<div>
<dt>Access to</dt>
<dd>${named(resource.name)}<span class="hint host">${isolated(resource.identifier)}</span></dd>
</div>
`
}<div>
<dt>Signed in as</dt>
<dd>${named(account.name || account.email)}${account.name && markup`<span class="hint host">${isolated(account.email)}</span>`}${
    switchAccountHref && markup`<a href="${switchAccountHref}">Use another account</a>`
  }</dd>
</div>
</dl>`;
}

/** What the name above does not prove. MCP authorization, security considerations: localhost redirect URI risks. */
export function consentCautions({ client }: ConsentParties): Markup | undefined {
  const cautions: Markup[] = [];
  if (client.identity === "self-registered") {
    cautions.push(
      markup`<p><strong>This name is not verified.</strong> The app registered itself and chose its name. Judge it by where you return to.</p>`,
    );
  }
  if (client.loopbackOnly) {
    cautions.push(
      markup`<p><strong>Any program on this computer can claim this name.</strong> Allow it only if you started it yourself, just now.</p>`,
    );
  }
  if (client.isNew) {
    cautions.push(
      markup`<p><strong>This app is new here.</strong> Nobody used it on this server before today.</p>`,
    );
  }
  if (cautions.length === 0) return undefined;
  return markup`<div class="caution" role="note" aria-label="Caution">
${cautions}
</div>`;
}

export const identities: Record<ConsentClient["identity"], (productName: string) => string> = {
  registered: (productName) => `Registered by the people who run ${productName}.`,
  document: () => "Described by its own document at this host.",
  "self-registered": () => "Registered itself; nobody has checked it.",
};

// The host of a client without a document is where it redirects, which the next line says.
function who({ client, redirectHost }: ConsentParties): Markup {
  const isSaidBelow = client.identity !== "document" && client.host === redirectHost;
  return isSaidBelow ? named(client.name) : markup`<span class="host">${isolated(client.host)}</span>`;
}

// CIMD §8.8: a client's document is a stranger's text, and only a web address in it may become a link.
function homepage({ homepage: address }: ConsentClient): Markup | undefined {
  const link = address === undefined ? undefined : webLink(address);
  if (link === undefined) return undefined;
  return markup`<span class="hint">It names as its website <a class="host" href="${link.href}" target="_blank" rel="noopener noreferrer">${isolated(link.host)}</a></span>`;
}
