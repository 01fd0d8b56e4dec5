import { type AccountFrame, accountLayout } from "./account-layout.ts";
import { form } from "./form.ts";
import { isolated, type Markup, markup, named } from "./markup.ts";
import { say, tell } from "./words/say.ts";
import type { Words } from "./words/words.ts";

export interface AccountApp {
  /** What the form says to end it. */
  end: string;
  name: string;
  /** What its name rests on. */
  identity: string;
  since: string;
  /** When one of its devices was last here; absent where none has access. */
  used?: string;
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
  /** The day on which its access ends, however much it is used. */
  until: string;
  /** What it may do, where that is less than its app may. */
  less?: readonly string[];
}

export interface AccountData extends AccountFrame {
  apps: readonly AccountApp[];
  deviceHref: string;
  signOutHref: string;
}

/** What a person let in, and the way to end each of it. */
export function accountPage(data: AccountData): string {
  const { apps, words } = data;
  const body = markup`<section aria-labelledby="apps">
<h2 id="apps">${words.account.apps}</h2>
${apps.length === 0 ? markup`<p class="nothing">${words.account.nothing}</p>` : form(data, markup`${apps.map((app, index) => appCard(app, `app-${index + 1}`, words))}${apps.length > 1 && endAll(words)}`)}
</section>
<ul class="links aside">
<li><a href="${data.deviceHref}">${words.account.connectDevice}</a></li>
<li><a href="${data.signOutHref}">${words.account.signOut}</a></li>
</ul>`;
  return accountLayout(data, "apps", words.account.title, body);
}

function appCard(app: AccountApp, id: string, words: Words): Markup {
  const { account: texts, appAccess } = words;
  return markup`<article class="app" aria-labelledby="${id}">
<h3 id="${id}">${named(app.name)}</h3>
<p class="hint">${app.identity} ${tell(texts.connected, { since: app.since })}${app.used !== undefined && ` ${tell(texts.appUsed, { lastUsed: app.used })}`}</p>
${app.access.map(
  ({ resource, scopes }) => markup`<div>
<p><strong>${named(resource)}</strong></p>
<ul class="may">
${scopes.length === 0 ? markup`<li>${texts.useIt}</li>\n` : scopes.map((scope) => markup`<li>${isolated(scope.sentence)} ${scope.risk !== "low" && markup`<span class="risk ${scope.risk}">${appAccess[scope.risk]}</span>`}</li>\n`)}</ul>
</div>
`,
)}${app.access.length === 0 && markup`<p>${texts.knowsOnly}</p>\n`}${devices(app, id, words)}
<button class="outline" type="submit" name="end" value="${app.end}" aria-describedby="${id}">${texts.removeApp}</button>
</article>
`;
}

function devices({ devices }: AccountApp, id: string, words: Words): Markup {
  if (devices.length === 0) return markup`<p class="hint">${words.account.noDevice}</p>`;
  return markup`<ul class="devices">
${devices.map((device, number) => deviceRow(device, `${id}-device-${number + 1}`, words))}</ul>`;
}

function deviceRow(device: AccountDevice, id: string, { account: texts }: Words): Markup {
  const { lastUsed, since, until, less } = device;
  return markup`<li>
<div>
<p id="${id}">${device.name === "" ? texts.unnamedDevice : named(device.name)}</p>
<p class="hint">${tell(texts.active, { lastUsed, since })} ${tell(texts.until, { until })}${less && markup` ${say(texts.only, { permissions: isolated(less.join("; ")) })}`}</p>
</div>
<button class="outline" type="submit" name="end" value="${device.end}" aria-describedby="${id}">${texts.end}</button>
</li>
`;
}

/** Behind a step of its own, so that no slip of the thumb signs everything out. */
function endAll({ account: texts }: Words): Markup {
  return markup`<details>
<summary>${texts.endAll}</summary>
<p>${texts.endAllHint}</p>
<button class="neutral" type="submit" name="end" value="all">${texts.endAllSubmit}</button>
</details>`;
}
