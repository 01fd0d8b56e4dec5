import { type Frame, layout } from "./layout.ts";
import { type Markup, markup } from "./markup.ts";

export interface HomeData extends Frame {
  /** Where a person sees what they let in. */
  accountHref: string;
  /** The documents that clients read: what it is, and its address. */
  discovery: readonly { label: string; href: string }[];
}

export interface DevelopmentHomeData extends HomeData {
  issuer: string;
  mcpUrl: string;
  apiUrl: string;
  accounts: readonly { email: string; password: string; roles: readonly string[] }[];
  /** Where the mails are that were sent to nobody. */
  outboxHref?: string;
}

/** `/` of a real server: its name and where its documents are, nothing that helps a stranger. */
export function homePage(data: HomeData): string {
  const texts = data.words.home;
  const body = markup`<h1>${texts.heading}</h1>
<p>${texts.lead}</p>
<p><a href="${data.accountHref}">${texts.account}</a></p>
${documents(data)}`;
  return layout({ ...data, title: texts.title, body });
}

/** `/` of a development server: what the terminal said at start. */
export function developmentHomePage(data: DevelopmentHomeData): string {
  const { mcpUrl } = data;
  const json = (value: object) => JSON.stringify(value, null, 2);
  const body = markup`<h1>Your server is running</h1>
<p>An example MCP server stands behind it. Paste its address into an MCP client, sign in, and call a tool.</p>
${command("MCP address", mcpUrl)}
<section aria-labelledby="clients">
<h2 id="clients">Connect a client</h2>
${command("Claude Code", `claude mcp add --transport http notes ${mcpUrl}`)}
${command("VS Code, in .vscode/mcp.json", json({ servers: { notes: { type: "http", url: mcpUrl } } }))}
${command("Cursor, in ~/.cursor/mcp.json", json({ mcpServers: { notes: { url: mcpUrl } } }))}
${command("MCP Inspector, with transport Streamable HTTP and the MCP address", "npx @modelcontextprotocol/inspector")}
</section>
<section aria-labelledby="accounts">
<h2 id="accounts">Sign in as</h2>
<ul class="accounts">
${data.accounts.map(
  ({ email, password, roles }) => markup`<li>
<code>${email}</code>
<code>${password}</code>
<span class="hint">${roles.length === 0 ? "no further role" : roles.join(", ")}</span>
</li>
`,
)}</ul>
</section>
<ul class="links">
<li><a href="${data.accountHref}">See what each account let in</a></li>
${data.outboxHref !== undefined && markup`<li><a href="${data.outboxHref}">Read the mails that it would have sent</a></li>\n`}</ul>
<section aria-labelledby="trace">
<h2 id="trace">When something goes wrong</h2>
${command("What happened at each step, and what to change", "npm run valetkey -- trace")}
</section>
<section aria-labelledby="addresses">
<h2 id="addresses">Addresses</h2>
<dl class="facts">
<div><dt>Issuer</dt><dd><code>${data.issuer}</code></dd></div>
<div><dt>API</dt><dd><code>${data.apiUrl}</code></dd></div>
</dl>
</section>
${documents(data)}
<p class="hint">This page and these accounts exist only on a development server.</p>`;
  return layout({ ...data, title: "Development server", body, width: "wide" });
}

function documents({ discovery, words }: HomeData): Markup {
  return markup`<section aria-labelledby="discovery">
<h2 id="discovery">${words.home.discovery}</h2>
<ul class="links">
${discovery.map(({ label, href }) => markup`<li><a href="${href}">${label}</a></li>\n`)}</ul>
</section>`;
}

// The text scrolls sideways on a phone, so that it stays one line to copy; tabindex lets a keyboard scroll it.
function command(label: string, text: string): Markup {
  return markup`<figure class="command">
<figcaption>${label}</figcaption>
<pre tabindex="0"><code>${text}</code></pre>
</figure>`;
}
