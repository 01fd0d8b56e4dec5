import { type FormTarget, form } from "./form.ts";
import { type Frame, layout } from "./layout.ts";
import { isolated, type Markup, markup, named } from "./markup.ts";

export interface AccountApp {
  /** What the form says to end it. */
  end: string;
  name: string;
  /** What its name rests on. */
  identity: string;
  since: string;
  /** What it may do, by resource. */
  access: readonly { resource: string; scopes: readonly AccountScope[] }[];
  devices: readonly AccountDevice[];
}

export interface AccountScope {
  sentence: string;
  risk: "low" | "medium" | "high";
}

export interface AccountDevice {
  end: string;
  /** What it calls itself; empty when it says nothing. */
  name: string;
  lastUsed: string;
  since: string;
  /** What it may do, where that is less than its app may. */
  less?: readonly string[];
}

export interface AccountData extends Frame, FormTarget {
  account: { email: string; name: string };
  apps: readonly AccountApp[];
  /** What was just done. */
  notice?: string;
  deviceHref: string;
  signOutHref: string;
  switchAccountHref: string;
}

/** What a person let in, and the way to end each of it. */
export function accountPage(data: AccountData): string {
  const { account, apps } = data;
  const body = markup`<h1>Your account</h1>
${data.notice !== undefined && markup`<p class="notice" role="status">${data.notice}</p>`}
<p class="lead">Signed in as <strong class="host">${isolated(account.email)}</strong>. <a href="${data.switchAccountHref}">Use another account</a></p>
<section aria-labelledby="apps">
<h2 id="apps">Connected apps and agents</h2>
${apps.length === 0 ? markup`<p class="nothing">Nothing is connected. Apps and agents that you allow are listed here.</p>` : form(data, markup`${apps.map(appCard)}${apps.length > 1 && endAll()}`)}
</section>
<ul class="links aside">
<li><a href="${data.deviceHref}">Connect a device by its code</a></li>
<li><a href="${data.signOutHref}">Sign out</a></li>
</ul>`;
  return layout({ ...data, title: "Your account", body, width: "wide" });
}

function appCard(app: AccountApp, index: number): Markup {
  const id = `app-${index + 1}`;
  return markup`<article class="app" aria-labelledby="${id}">
<h3 id="${id}">${named(app.name)}</h3>
<p class="hint">${app.identity} Connected ${app.since}.</p>
${app.access.map(
  ({ resource, scopes }) => markup`<div>
<p><strong>${named(resource)}</strong></p>
<ul class="may">
${scopes.length === 0 ? markup`<li>Use it</li>\n` : scopes.map((scope) => markup`<li>${isolated(scope.sentence)} ${scope.risk !== "low" && markup`<span class="risk ${scope.risk}">${risks[scope.risk]}</span>`}</li>\n`)}</ul>
</div>
`,
)}${app.access.length === 0 && markup`<p>It may know that you signed in, and nothing more.</p>\n`}${devices(app, id)}
<button class="outline" type="submit" name="end" value="${app.end}" aria-describedby="${id}">Remove this app</button>
</article>
`;
}

function devices({ devices }: AccountApp, id: string): Markup {
  if (devices.length === 0) return markup`<p class="hint">No device of it has access right now.</p>`;
  return markup`<ul class="devices">
${devices.map((device, number) => deviceRow(device, `${id}-device-${number + 1}`))}</ul>`;
}

function deviceRow(device: AccountDevice, id: string): Markup {
  return markup`<li>
<div>
<p id="${id}">${device.name === "" ? "A device that did not say what it is" : named(device.name)}</p>
<p class="hint">Last active ${device.lastUsed}; signed in ${device.since}.${device.less && markup` Only: ${isolated(device.less.join("; "))}.`}</p>
</div>
<button class="outline" type="submit" name="end" value="${device.end}" aria-describedby="${id}">End</button>
</li>
`;
}

/** Behind a step of its own, so that no slip of the thumb signs everything out. */
function endAll(): Markup {
  return markup`<details>
<summary>End everything at once</summary>
<p>Every app and agent loses its access on all its devices, and has to ask you anew.</p>
<button class="neutral" type="submit" name="end" value="all">End all access</button>
</details>`;
}

const risks = { medium: "Medium risk", high: "High risk" } as const;
