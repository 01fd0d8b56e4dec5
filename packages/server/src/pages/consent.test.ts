import assert from "node:assert/strict";
import { it } from "node:test";
import { type ConsentData, consentPage } from "./consent.ts";
import { frame } from "./fixtures/every-page.ts";

const at = { name: "Demo tools", identifier: "https://mcp.example/mcp" };

const document: ConsentData = {
  ...frame,
  action: "/consent",
  formToken: "t",
  hidden: {},
  client: {
    name: "Claude",
    host: "claude.ai",
    identity: "document",
    loopbackOnly: false,
    isProven: true,
    firstSeen: "3 days ago",
  },
  redirectHost: "return.example",
  account: { email: "maria@example.com", name: "Maria" },
  resources: [{ name: "Demo tools", identifier: "https://mcp.example/mcp" }],
  scopes: [
    { name: "notes:read", sentence: "Read your notes.", risk: "low", at, optional: true, checked: true },
    {
      name: "notes:write",
      sentence: "Change your notes.",
      risk: "medium",
      at,
      optional: true,
      checked: false,
    },
    {
      name: "openid",
      sentence: "Know that it is you.",
      risk: "high",
      at: { name: "You, at Example" },
      optional: false,
      checked: true,
    },
  ],
  length: { choices: [{ value: "ended", label: "Until I end it" }], says: "It can act for you." },
  remembered: true,
};

const loopback = "Any program on this computer can claim this name.";
const unverified = "This name is not verified.";

it("[MCP-AS-13] shows the redirect host, whole and kept apart, beside the client's name and whom it would act for", () => {
  const html = consentPage(document);
  assert.match(html, /<dt>You return to<\/dt>\s*<dd><strong class="host"><bdi>return\.example<\/bdi>/);
  for (const text of ["Claude", "Demo tools", "https://mcp.example/mcp", "Maria", "maria@example.com"]) {
    assert.match(html, new RegExp(`<bdi( class="name")?>${text}</bdi>`), text);
  }
});

it("[CIMD-08] shows the host of a client's metadata document, and says that it is one", () => {
  const html = consentPage(document);
  assert.match(
    html,
    /<bdi>claude\.ai<\/bdi><\/span><\/strong><span class="hint">Described by its own document/,
  );
});

for (const { given, client, cautions } of [
  { given: "a document at a web host", client: {}, cautions: [] },
  { given: "a document and only loopback redirects", client: { loopbackOnly: true }, cautions: [loopback] },
  { given: "a registered client", client: { identity: "registered" }, cautions: [] },
  { given: "a self-registered client", client: { identity: "self-registered" }, cautions: [unverified] },
  {
    given: "a self-registered client on loopback",
    client: { identity: "self-registered", loopbackOnly: true },
    cautions: [unverified, loopback],
  },
] as const) {
  it(`[MCP-AS-12] cautions for ${given}: ${cautions.join(" ") || "nothing"}`, () => {
    const html = consentPage({ ...document, client: { ...document.client, ...client } });
    const found = [...html.matchAll(/<p><strong>([^<]*)<\/strong>/g)].map(([, sentence]) => sentence);
    assert.deepEqual(found, cautions);
    assert.equal(html.includes('role="note"'), cautions.length > 0);
  });
}

for (const { homepage, host } of [
  { homepage: "https://claude.ai/about", host: "claude.ai" },
  { homepage: "https://bank.example@evil.example/", host: undefined },
  { homepage: "http://claude.ai/", host: undefined },
  { homepage: "javascript:alert(1)", host: undefined },
  { homepage: " javascript:alert(1)", host: undefined },
  { homepage: "java\nscript:alert(1)", host: undefined },
  { homepage: "data:text/html,hello", host: undefined },
  { homepage: "//evil.example/", host: undefined },
  { homepage: "/relative", host: undefined },
  { homepage: "https:", host: undefined },
  { homepage: "", host: undefined },
]) {
  it(`[CIMD-08] ${host ? "links" : "does not link"} the homepage ${JSON.stringify(homepage)}`, () => {
    const html = consentPage({ ...document, client: { ...document.client, homepage } });
    const links = [...html.matchAll(/<a class="host" href="([^"]*)"[^>]*><bdi>([^<]*)<\/bdi>/g)];
    assert.deepEqual(
      links.map(([, href, text]) => [href, text]),
      host ? [[homepage, host]] : [],
    );
    assert.equal(html.includes('<a class="host"'), Boolean(host));
    if (host) assert.match(html, /rel="noopener noreferrer"/);
  });
}

it("lets a person untick what is optional, and sends what is required without a box to untick", () => {
  const html = consentPage(document);
  const boxes = [...html.matchAll(/<input [^>]*name="scope"[^>]*>/g)].map(([tag]) =>
    tag.replace(/ (id|aria-describedby)="[^"]*"/g, ""),
  );
  assert.deepEqual(boxes, [
    `<input type="checkbox" name="scope" value="notes:write">`,
    `<input type="checkbox" name="scope" value="notes:read" checked>`,
    `<input type="hidden" name="scope" value="openid">`,
    `<input type="checkbox" name="scope" value="openid" checked disabled>`,
  ]);
});

it("says each scope as its sentence, with its risk in a word, the riskiest of a resource first", () => {
  const rows = [
    ...consentPage(document).matchAll(
      /<bdi>([^<]*)<\/bdi><\/label>\s*<p[^>]*><span class="risk (\w+)">([^<]*)</g,
    ),
  ];
  assert.deepEqual(
    rows.map((row) => row.slice(1)),
    [
      ["Change your notes.", "medium", "Medium risk"],
      ["Read your notes.", "low", "Low risk"],
      ["Know that it is you.", "high", "High risk"],
    ],
  );
});

it("asks what is new, and below it shows what was allowed earlier without a box", () => {
  const [first, ...others] = document.scopes;
  assert.ok(first);
  const html = consentPage({ ...document, scopes: [{ ...first, alreadyGranted: true }, ...others] });
  assert.deepEqual(
    [...html.matchAll(/<(?:legend|h2[^>]*)>([^<]*)<\/(?:legend|h2)>/g)].map(([, heading]) => heading),
    ["New: it will also be able to", "You already allow"],
  );
  assert.ok(html.indexOf("Change your notes.") < html.indexOf("Read your notes."));
  assert.doesNotMatch(html, /value="notes:read"/);
  assert.match(html, /also for what you allowed earlier/);
  assert.doesNotMatch(consentPage(document), /also for what you allowed earlier/);
});

it("groups by whose server it is, where there are several, and not where there is one", () => {
  const groups = (html: string) =>
    [
      ...html.matchAll(/role="group" aria-labelledby="([^"]*)">\s*<p id="\1"><strong><bdi[^>]*>([^<]*)</g),
    ].map(([, , name]) => name);
  assert.deepEqual(groups(consentPage(document)), ["Demo tools", "You, at Example"]);
  assert.deepEqual(groups(consentPage({ ...document, scopes: document.scopes.slice(0, 2) })), []);
});

for (const { isProven, says } of [
  { isProven: true, says: "Proven: the answer reaches this app and no other." },
  { isProven: false, says: "Not proven: another program could be using this name." },
]) {
  it(`says in words that the app is ${isProven ? "" : "not "}proven, and when it was first seen`, () => {
    const html = consentPage({ ...document, client: { ...document.client, isProven } });
    assert.ok(html.includes(says));
    assert.equal(html.match(/roven: /g)?.length, 1);
    assert.ok(html.includes("First seen by this server: 3 days ago"));
  });
}

it("lets a person choose how long, and says how long it lasts by itself; without a choice it only says so", () => {
  const choices = [
    { value: "ended", label: "Until I end it" },
    { value: "day", label: "1 day, until 2 March 2027" },
  ];
  const html = consentPage({ ...document, length: { choices, says: "It lasts." } });
  assert.deepEqual(
    [...html.matchAll(/<option value="([^"]*)">([^<]*)</g)].map(([, value, label]) => ({ value, label })),
    choices,
  );
  assert.match(
    html,
    /<label for="until">How long<\/label>\s*<select id="until" name="until" aria-describedby="until-hint">/,
  );
  const without = consentPage({ ...document, length: { choices: [], says: "It lasts." } });
  assert.doesNotMatch(without, /until/);
  for (const page of [html, without]) assert.ok(page.includes(">It lasts.</p>"));
});

for (const { remembered, says } of [
  { remembered: true, says: "If you allow this, you are not asked again for the same access." },
  { remembered: false, says: "Your answer is not remembered: you are asked again next time." },
]) {
  it(`says whether the person will be asked again (${remembered ? "no" : "yes"})`, () => {
    assert.ok(consentPage({ ...document, remembered }).includes(says));
  });
}

it("offers another account only where there is a way to it", () => {
  assert.doesNotMatch(consentPage(document), /Use another account/);
  assert.match(
    consentPage({ ...document, switchAccountHref: "/switch?a=1&b=2" }),
    /<a href="\/switch\?a=1&amp;b=2">Use another account<\/a>/,
  );
});
