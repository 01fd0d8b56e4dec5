import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { frame, pages, plainWays, target, token } from "./fixtures/every-page.ts";
import { homePage } from "./home.ts";
import { newSecondFactorPage } from "./new-second-factor.ts";
import { secondFactorPage } from "./second-factor.ts";
import { signInPage } from "./sign-in.ts";
import { stylesheet } from "./stylesheet.ts";
import { en } from "./words/en.ts";

const hostile = [
  `"><script>alert(1)</script>`,
  `'><img src=x onerror=alert(1)>`,
  `" onfocus="alert(1)" autofocus style="position:fixed" x="`,
  "</title></textarea></code></bdi><svg onload=alert(1)>",
  "javascript:alert(1)",
  "JAVASCRIPT:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "https://user:secret@evil.example/",
  "\u202Eevil\u2066\u2069\u2069\u200F",
  "&lt;script&gt;&#x3c;&amp;",
  "\u0000\u0008\r\n\ud800",
  `\${1}{{1}}<!--]]>`,
];

const used = ["class", "for", "id", "name", "type", "value", "href", "src", "action", "method"];
const harmless = [
  ...used,
  ...[
    "lang",
    "charset",
    "content",
    "rel",
    "target",
    "autocomplete",
    "autocapitalize",
    "spellcheck",
    "required",
  ],
  ...[
    "minlength",
    "readonly",
    "autofocus",
    "checked",
    "disabled",
    "role",
    "tabindex",
    "viewBox",
    "width",
    "height",
  ],
  ...["focusable", "fill", "d", "aria-hidden", "aria-label", "aria-labelledby", "aria-describedby"],
  ...[
    "aria-invalid",
    "aria-current",
    "dir",
    "inputmode",
    "formnovalidate",
    "datetime",
    "hidden",
    "download",
    "selected",
  ],
  ...["data-passkey", "data-passkey-button", "data-passkey-error", "data-autofill"],
  ...["data-options", "data-words", "alt"],
  ...["data-password-meter", "data-href", "data-form-token", "min", "max", "low", "high", "optimum"],
];

for (const [name, make] of Object.entries(pages)) {
  describe(`the ${name} page`, () => {
    for (const text of hostile) {
      it(`keeps its structure when every text in it is ${JSON.stringify(text)}`, () => {
        assert.deepEqual(structure(make(text)), structure(make("plain")));
      });
    }

    it("[BCP-11] holds no script but those of passkeys and new passwords, no inline style, no handler, nothing from elsewhere, and sends no referrer", () => {
      const all = elements(make("plain")).filter((element) => !isScript(element) && !isDrawn(element));
      for (const { tag, attributes } of all) {
        assert.ok(!["script", "style", "iframe", "object", "embed", "base", "img"].includes(tag), tag);
        assert.deepEqual(
          [...attributes.keys()].filter((key) => !harmless.includes(key)),
          [],
        );
      }
      const loaded = all.filter(({ tag }) => tag === "link").map(({ attributes }) => attributes.get("href"));
      assert.equal(loaded.length, 2);
      assert.match(loaded[0] ?? "", /^data:image\/svg\+xml,/);
      assert.equal(loaded[1], frame.stylesheetHref);
      assert.ok(make("plain").includes('<meta name="referrer" content="no-referrer">'));
    });

    it("holds the script of passkeys where it has a form for them, that of new passwords where one is typed, and nowhere else", () => {
      const page = make("plain");
      const forms = elements(page).filter(({ attributes }) => attributes.has("data-passkey"));
      assert.equal(elements(page).filter(isScriptAt("/passkeys.js")).length, forms.length);
      const meters = elements(page).filter(({ attributes }) => attributes.has("data-password-meter"));
      assert.equal(elements(page).filter(isScriptAt("/passwords.js")).length, meters.length);
      assert.ok(meters.every(({ attributes }) => attributes.has("hidden")));
      assert.ok(forms.every(({ attributes }) => attributes.has("hidden")));
      assert.doesNotMatch(page, /<script[^>]*>[^<]/);
    });

    it("has a language, a title, a viewport and one heading of the first rank", () => {
      const page = make("plain");
      const all = elements(page);
      assert.equal(all.find(({ tag }) => tag === "html")?.attributes.get("lang"), "en");
      assert.match(page, /<title>[^<]+ · Valetkey<\/title>/);
      assert.match(page, /<meta name="viewport" content="width=device-width, initial-scale=1">/);
      assert.equal(all.filter(({ tag }) => tag === "h1").length, 1);
      assert.equal(all.filter(({ tag }) => tag === "main").length, 1);
    });

    it("labels every field that is seen, and refers only to what it holds", () => {
      const all = elements(make("plain"));
      const ids = all.flatMap(({ attributes }) => attributes.get("id") ?? []);
      assert.equal(new Set(ids).size, ids.length, "each id once");
      const labels = all.filter(({ tag }) => tag === "label").map(({ attributes }) => attributes.get("for"));
      for (const { tag, attributes } of all) {
        if (tag === "input" && attributes.get("type") !== "hidden") {
          assert.ok(labels.includes(attributes.get("id")), `a label for ${attributes.get("name")}`);
        }
        const references = ["aria-describedby", "aria-labelledby"].flatMap(
          (key) => attributes.get(key)?.split(" ") ?? [],
        );
        for (const id of references) assert.ok(ids.includes(id), id);
      }
    });

    it("uses only classes that the stylesheet knows", () => {
      const classes = elements(make("plain")).flatMap(
        ({ attributes }) => attributes.get("class")?.split(" ") ?? [],
      );
      // "narrow" is how a card is without a rule.
      for (const word of new Set(classes.filter((each) => each !== "narrow"))) {
        assert.match(stylesheet, new RegExp(`\\.${word}\\b`), word);
      }
    });
  });
}

for (const { page, fields, buttons } of [
  {
    page: "consent",
    fields: ["scope", "scope"],
    buttons: [
      ["Refuse", "decision", "deny"],
      ["Allow", "decision", "allow"],
    ],
  },
  {
    page: "consent for a registered client without scopes",
    fields: [],
    buttons: [
      ["Refuse", "decision", "deny"],
      ["Allow", "decision", "allow"],
    ],
  },
  {
    page: "confirm-sign-out",
    fields: [],
    buttons: [
      ["Stay signed in", "decision", "stay"],
      ["Sign out", "decision", "sign_out"],
    ],
  },
  {
    page: "consent for a client with a document",
    fields: [],
    buttons: [
      ["Refuse", "decision", "deny"],
      ["Allow", "decision", "allow"],
    ],
  },
  { page: "set-up", fields: ["email", "name", "password"], buttons: [["Make administrator"]] },
]) {
  it(`the ${page} form posts its token, what it was given and its own fields, under names that stay`, () => {
    const html = pages[page]?.("plain") ?? "";
    const all = elements(html);
    const forms = all.filter(({ tag }) => tag === "form").map(({ attributes }) => attributes);
    assert.deepEqual(
      forms.map((form) => [form.get("method"), form.get("action")]),
      [["post", "/interaction?id=plain"]],
    );
    const inputs = all.filter(({ tag }) => tag === "input").map(({ attributes }) => attributes);
    const unseen = inputs.filter((input) => input.get("type") === "hidden" && input.get("name") !== "scope");
    assert.deepEqual(
      unseen.map((input) => [input.get("name"), input.get("value")]),
      [
        ["interaction", "plain"],
        ["form_token", token],
      ],
    );
    const seen = inputs.filter((input) => input.get("type") !== "hidden");
    assert.deepEqual(
      seen.map((input) => input.get("name")),
      fields,
    );
    const found = [...html.matchAll(/<button([^>]*)>([^<]*)<\/button>/g)].map(([, given = "", label]) => {
      const attributes = attributesOf(given);
      assert.equal(attributes.get("type"), "submit");
      return [label, attributes.get("name"), attributes.get("value")].filter((part) => part !== undefined);
    });
    assert.deepEqual(found, buttons);
  });
}

it("the sign-in page posts each way in by a form of its own, all with the token and what was given", () => {
  const [passkey, typed, elsewhere, ...others] = (pages["sign-in"]?.("plain") ?? "").split("<form ").slice(1);
  assert.deepEqual(others, []);
  const fieldsOf = (html = "") =>
    elements(`<form ${html.split("</form>")[0]}`)
      .filter(({ tag }) => tag === "input")
      .map(({ attributes }) => `${attributes.get("name")} ${attributes.get("value") ?? ""}`.trim());
  const always = ["interaction plain", `form_token ${token}`];
  assert.deepEqual(fieldsOf(passkey), [
    "interaction plain",
    "action passkey",
    `form_token ${token}`,
    "credential",
  ]);
  assert.deepEqual(fieldsOf(typed), [...always, "email plain", "password"]);
  assert.deepEqual(fieldsOf(elsewhere), ["interaction plain", "action upstream", `form_token ${token}`]);
});

it("gives back what was typed, escaped, and never a password", () => {
  const html = pages["sign-in"]?.(`a"b<c>&d'`) ?? "";
  assert.match(html, /<input id="email"[^>]* value="a&quot;b&lt;c&gt;&amp;d&#39;"/);
  assert.doesNotMatch(html, /<input id="password"[^>]* value=/);
});

it("says a form's error in an alert, in the title and at the field that takes the focus", () => {
  const html = pages["sign-in"]?.("Wrong.") ?? "";
  assert.match(html, /<p class="alert" id="error" role="alert">Wrong\.<\/p>/);
  assert.match(html, /<title>Error: Sign in · Valetkey<\/title>/);
  assert.match(html, /<input id="password"[^>]* aria-describedby="error" aria-invalid="true" autofocus>/);
  const fresh = signInPage({ ...frame, ...target("plain"), ways: plainWays });
  assert.doesNotMatch(fresh, /role="alert"|aria-invalid|Error:/);
  assert.match(fresh, /<input id="email"[^>]* autofocus>/);
});

it("opens what a wrong recovery code was typed into, and says so there and nowhere else", () => {
  const data = { ...frame, ...target("x"), email: "ada@example.com", error: "Wrong.", recoveryCode: true };
  for (const isRecoveryCodeWrong of [true, false]) {
    const html = secondFactorPage({ ...data, oneTimePassword: true, isRecoveryCodeWrong });
    assert.equal(html.includes("<details open>"), isRecoveryCodeWrong);
    const wrong = elements(html).filter(({ attributes }) => attributes.get("aria-invalid") === "true");
    assert.deepEqual(
      wrong.map(({ attributes }) => [attributes.get("id"), attributes.has("autofocus")]),
      [[isRecoveryCodeWrong ? "recovery-code" : "code", true]],
    );
    assert.equal(html.split("autofocus").length, 2);
  }
});

it("says why there may be no button wherever a passkey is the only way on", () => {
  const says = (html: string) => html.includes(en.security.needsScript);
  const passkey = { does: "get", options: {}, scriptHref: "/passkeys.js" } as const;
  const data = { ...frame, ...target("x"), email: "ada@example.com" };
  const ways = { password: false, mail: false, passkey, upstreams: [] };
  for (const isAlone of [true, false]) {
    assert.equal(says(signInPage({ ...data, ways: { ...ways, mail: !isAlone } })), isAlone);
    assert.equal(says(newSecondFactorPage({ ...data, passkey, app: !isAlone })), isAlone);
    const other = { oneTimePassword: !isAlone, recoveryCode: false };
    assert.equal(says(secondFactorPage({ ...data, passkey, ...other })), isAlone);
  }
});

it("shows demonstration accounts and their passwords only when it is given some", () => {
  assert.match(pages["sign-in"]?.("plain") ?? "", /Demonstration accounts/);
  for (const demoAccounts of [[], undefined]) {
    const given = demoAccounts ? { demoAccounts } : {};
    assert.doesNotMatch(
      signInPage({ ...frame, ...target("plain"), ...given, ways: plainWays }),
      /Demonstration/,
    );
  }
});

it("tells a stranger nothing but the product and its documents on the home page of a real server", () => {
  const html = homePage({
    ...frame,
    accountHref: "/account",
    discovery: [{ label: "Keys", href: "/jwks" }],
  });
  assert.match(html, /<a href="\/jwks">Keys<\/a>/);
  assert.doesNotMatch(html, /<code|password|claude mcp add/);
});

it("says on the development home what to paste where", () => {
  const html = pages["development home"]?.("http://127.0.0.1:8080/mcp") ?? "";
  assert.match(html, /claude mcp add --transport http notes http:\/\/127\.0\.0\.1:8080\/mcp/);
  for (const client of ["Claude Code", "VS Code", "Cursor", "MCP Inspector"])
    assert.ok(html.includes(client));
});

interface Element {
  tag: string;
  attributes: Map<string, string>;
}

/** A strict reading: whatever is not a well-formed tag of ours must be text, so no angle bracket may be left over. */
function elements(html: string): Element[] {
  const found: Element[] = [];
  const rest = html
    .replace(/^<!doctype html>/, "")
    .replace(/<\/[a-z][a-z0-9]*>/g, "")
    .replace(/<([a-z][a-z0-9]*)((?:\s+[a-zA-Z-]+(?:="[^"<>]*")?)*)\/?>/g, (_, tag: string, given: string) => {
      found.push({ tag, attributes: attributesOf(given) });
      return "";
    });
  assert.doesNotMatch(rest, /[<>]/);
  return found;
}

/** Loaded from ours, once for a form of its own; nothing stands in it. */
function isScript(element: Element): boolean {
  return ["/passkeys.js", "/passwords.js"].some((path) => isScriptAt(path)(element));
}

function isScriptAt(path: string): (element: Element) => boolean {
  return ({ tag, attributes }) =>
    tag === "script" && attributes.get("src") === path && [...attributes.keys()].join(" ") === "src defer";
}

/** A picture that stands in the page itself. */
function isDrawn({ tag, attributes }: Element): boolean {
  return tag === "img" && (attributes.get("src")?.startsWith("data:image/svg+xml,") ?? false);
}

function attributesOf(given: string): Map<string, string> {
  const all = [...given.matchAll(/([a-zA-Z-]+)(?:="([^"]*)")?/g)];
  return new Map(all.map(([, key = "", value = ""]) => [key, value]));
}

/** Tags in order, each with its attributes' names, and where its links lead: the origin, or a path on ours. */
function structure(html: string): string[] {
  return elements(html).map(({ tag, attributes }) => {
    const href = attributes.get("href")?.match(/^[a-z]+:(\/\/[^/]*)?/i)?.[0];
    return `${tag} ${[...attributes.keys()].join(" ")} ${href ?? ""}`;
  });
}
