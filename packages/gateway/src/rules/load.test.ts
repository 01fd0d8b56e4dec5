import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { describe, it } from "node:test";
import { faultLine } from "./fault.ts";
import { loadRules } from "./load.ts";
import { RulesFile } from "./schema.ts";

const secrets = {
  env: { KEY: "env-secret\n" },
  readFile: (path: string) => {
    if (path !== "there") throw new Error("ENOENT");
    return " file-secret\n";
  },
};

const rule = "rules:\n  - methods: [GET]\n    path: /a\n    scopes: [s]\n";

function aPair(namedCurve: string) {
  return generateKeyPairSync("ec", { namedCurve });
}

function aPem(namedCurve: string): string {
  return aPair(namedCurve).privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

const twice = aPem("P-256");

function faultsOf(text: string): string[] {
  const loaded = loadRules(text, secrets);
  return "faults" in loaded ? loaded.faults.map(faultLine) : [];
}

describe("a rules file", () => {
  it("needs rules and nothing else", () => {
    const loaded = loadRules(rule, secrets);
    assert.ok("rules" in loaded);
    const { rules, timeouts, limits, budgets, credentials } = loaded.rules;
    assert.equal(rules.length, 1);
    assert.deepEqual(timeouts, { connect: 5, headers: 600, idle: 120 });
    assert.equal(limits.judged_body, 8_388_608);
    assert.deepEqual(budgets, {});
    assert.equal(credentials.size, 0);
    assert.deepEqual(rules[0]?.contentTypes, ["application/json"]);
  });

  it("reads secrets from the environment and from files", () => {
    const loaded = loadRules(
      `${rule}credential: a\ncredentials:\n  a: { env: KEY }\n  b: { file: there, header: X-Api-Key }\n`,
      secrets,
    );
    assert.ok("rules" in loaded);
    assert.deepEqual(
      [...loaded.rules.credentials],
      [
        ["a", { header: "authorization", value: "Bearer env-secret" }],
        ["b", { header: "x-api-key", value: "file-secret" }],
      ],
    );
    assert.equal(loaded.rules.rules[0]?.credential, "a");
  });

  it("reads how tokens are exchanged", () => {
    const loaded = loadRules(
      `${rule}credentials:\n  a: { exchange: { client_id: g, client_secret_file: there, resource: "https://b.example", scopes: [x] } }\n`,
      secrets,
    );
    assert.ok("rules" in loaded);
    const exchange = {
      clientId: "g",
      clientSecret: "file-secret",
      resource: "https://b.example",
      scopes: ["x"],
    };
    assert.deepEqual(loaded.rules.credentials.get("a"), {
      header: "authorization",
      scheme: "Bearer",
      exchange,
    });
  });

  for (const [of, tokens] of [
    ["caller", "tokens: 9"],
    ["client", "tokens: 9, requests: 9"],
    ["caller", "requests: 9"],
  ] as const) {
    it(`refuses WebSockets where a budget for each ${of} has ${tokens}, and only for its tokens`, () => {
      const open =
        "rules:\n  - methods: [GET]\n    path: /a\n    scopes: [s]\n  - methods: [GET, WEBSOCKET]\n    path: /b\n    scopes: [s]\n";
      assert.deepEqual(
        faultsOf(`${open}budgets: { ${of}: { window: 1h, ${tokens} } }\n`),
        tokens === "requests: 9"
          ? []
          : [
              "line 5: rules item 2.methods must not have WEBSOCKET where a budget has tokens: those of a WebSocket cannot be counted.",
            ],
      );
    });
  }

  for (const { given, about, keys = "", says } of [
    {
      given: "two sources",
      about: "key_env: KEYS, key_file: there",
      says: "must name one of key_env and key_file",
    },
    {
      given: "no such file",
      about: "key_file: gone",
      says: "has a key source that is empty or cannot be read",
    },
    { given: "nothing", about: "key_env: KEYS", says: "has a key source that is empty or cannot be read" },
    {
      given: "words",
      keys: "secret",
      says: "has a source without a private key in PEM that is not encrypted",
    },
    {
      given: "a public key",
      keys: aPair("P-256").publicKey.export({ type: "spki", format: "pem" }).toString(),
      says: "has a source without a private key in PEM that is not encrypted",
    },
    ...[
      aPem("P-384"),
      aPem("P-256") + aPem("P-521"),
      "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
    ].map((keys) => ({
      given: "another kind of key",
      keys,
      says: "has a source with a key that is not a private one on P-256",
    })),
    { given: "one key twice", keys: twice + twice, says: "has a source in which one key stands twice" },
  ]) {
    it(`refuses ${given} as the keys of caller tokens`, () => {
      const text = `${rule}caller_token: { ${about ?? "key_env: KEYS"} }\n`;
      const loaded = loadRules(text, { ...secrets, env: { KEYS: keys } });
      assert.deepEqual("faults" in loaded && loaded.faults.map(faultLine), [`line 5: caller_token ${says}.`]);
    });
  }

  it("reads the keys of caller tokens in both forms of PEM, the first first", () => {
    const pair = aPair("P-256");
    const sec1 = pair.privateKey.export({ type: "sec1", format: "pem" }).toString();
    const text = `${rule}caller_token: { key_file: there }\n`;
    const loaded = loadRules(text, { env: {}, readFile: () => `# new\n${sec1}\n# old\n${twice}` });
    assert.ok("rules" in loaded);
    const { keys = [], lifetime } = loaded.rules.callerToken ?? {};
    assert.deepEqual([keys.length, lifetime], [2, 30]);
    assert.ok(keys[0]?.equals(pair.privateKey));
  });

  it("names every scope once for the issuer, with what the file says of it or what its rules do", () => {
    const loaded = loadRules(`
rules:
  - { methods: [GET], path: /models/**, scopes: [read] }
  - { methods: [POST], path: /chat, models: [small*], scopes: [read, ask] }
  - { methods: [GET, OPTIONS], path: /jobs, scopes: [look] }
  - { methods: [DELETE], path: /**, scopes: [admin] }
scopes:
  admin: { sentence: Do everything, risk: high }
  ask: { risk: low }
`);
    assert.ok("rules" in loaded);
    assert.deepEqual(loaded.rules.scopes, [
      { name: "read", sentence: "Use GET /models/**; POST /chat with small*", risk: "medium" },
      { name: "ask", sentence: "Use POST /chat with small*", risk: "low" },
      { name: "look", sentence: "Use GET and OPTIONS /jobs", risk: "low" },
      { name: "admin", sentence: "Do everything", risk: "high" },
    ]);
  });

  for (const { text, faults } of [
    { text: "", faults: ["rules is missing."] },
    { text: "rules: []", faults: ["line 1: rules must not be empty."] },
    { text: "rules: x", faults: ["line 1: rules must be a list."] },
    { text: "- a", faults: ["line 1: the file must be a group of settings."] },
    { text: `${rule}ruels: 1`, faults: ["line 5: ruels is no setting."] },
    { text: `${rule}    scope: [x]`, faults: ["line 5: rules item 1.scope is no setting."] },
    { text: `${rule}__proto__: {}`, faults: ["line 5: __proto__ is a name that cannot be used."] },
    {
      text: "rules:\n  - methods: [get]\n    path: a\n    scopes: []\n",
      faults: [
        "line 2: rules item 1.methods item 1 must be one of GET, POST, PUT, PATCH, DELETE, OPTIONS, WEBSOCKET.",
        "line 3: rules item 1.path must begin with a slash.",
        "line 4: rules item 1.scopes must not be empty.",
      ],
    },
    {
      text: `${rule}timeouts:\n  idle: 5`,
      faults: ["line 6: timeouts.idle must be a whole number and a unit: s, m, h or d."],
    },
    {
      text: `${rule}caller_token: { lifetime: 2m }`,
      faults: ["line 5: caller_token.lifetime must be between 1 and 60 seconds."],
    },
    {
      text: `${rule}credential: x`,
      faults: ["line 5: credential names a credential that does not stand under credentials."],
    },
    {
      text: `${rule}credentials:\n  a: {}\n  b: { env: GONE }\n  c: { file: gone }\n  d: { env: KEY, file: there }`,
      faults: [
        "line 6: credentials.a must name one of env, file and exchange.",
        "line 7: credentials.b has a source that is empty or cannot be read.",
        "line 8: credentials.c has a source that is empty or cannot be read.",
        "line 9: credentials.d must name one of env, file and exchange.",
      ],
    },
    {
      text: `${rule}credentials:\n  a: { env: KEY, exchange: { client_id: g, client_secret_env: KEY, resource: "https://b.example" } }\n  b: { exchange: { client_id: g, resource: "https://b.example" } }\n  c: { exchange: { client_id: g, client_secret_env: GONE, resource: "https://b.example" } }`,
      faults: [
        "line 6: credentials.a must name one of env, file and exchange.",
        "line 7: credentials.b must name either exchange.client_secret_env or exchange.client_secret_file.",
        "line 8: credentials.c has a client secret that is empty or cannot be read.",
      ],
    },
    {
      text: `${rule}credentials:\n  a: { exchange: { client_id: g, client_secret_env: KEY, resource: back, scopes: ["a b"] } }`,
      faults: [
        "line 6: credentials.a.exchange.resource must be a URL without a fragment (RFC 8707).",
        "line 6: credentials.a.exchange.scopes item 1 must be a scope: visible ASCII without quotes and backslashes (RFC 6749 §3.3).",
      ],
    },
    {
      text: `${rule}scopes:\n  t: { risk: high }`,
      faults: ["line 6: scopes.t is a scope that no rule names."],
    },
    {
      text: `${rule}scopes:\n  s: { risk: huge, sentence: "" }`,
      faults: [
        "line 6: scopes.s.sentence must not be empty.",
        "line 6: scopes.s.risk must be low, medium or high.",
      ],
    },
    {
      text: `${rule}    models: [x]`,
      faults: [
        "line 2: rules item 1.methods must be POST, PUT or PATCH where the rule reads the body, not GET.",
      ],
    },
    { text: `${rule}    path: /b`, faults: ["line 5: the file has a name that stands twice."] },
    {
      text: `rules: "a`,
      faults: ["line 1: the file lacks a closing sign: a quote, a bracket or a comma."],
    },
    { text: `${rule}x: *y`, faults: ["the file has aliases that cannot be resolved."] },
  ]) {
    it(`tells of ${JSON.stringify(text.replace(rule, "… "))}: ${faults[0]}`, () => {
      assert.deepEqual(faultsOf(text), faults);
    });
  }

  for (const path of [
    "/a%2fb",
    "/a//b",
    "/a/../b",
    "/a;b",
    "/a?b",
    "/a*",
    "/**/a/**",
    "/a b",
    "/a\\\\b",
    "/é",
  ]) {
    it(`refuses the path ${path} in a rule, which no request could mean`, () => {
      assert.equal(faultsOf(rule.replace("/a", `"${path}"`)).length, 1);
    });
  }

  for (const field of ["/a~2", "a..b", "", "a b", "/é"]) {
    it(`refuses the field ${JSON.stringify(field)}`, () => {
      const text = rule.replace("[GET]", "[POST]");
      assert.equal(faultsOf(`${text}    fields: { "${field}": 1 }`).length, 1);
    });
  }

  it("never repeats a value, which may be a secret", () => {
    for (const text of ["credentials: { a: S3cret }", "rules: S3cret", "x: [S3cret", "a: !S3cret b"]) {
      assert.ok(!faultsOf(text).join().includes("S3cret"));
    }
  });

  it("has a sentence for every setting", () => {
    const silent: string[] = [];
    const look = (schema: unknown, name: string): void => {
      const { shape, _zod } = schema as {
        shape?: Record<string, unknown>;
        _zod: { def: Record<string, unknown> };
      };
      for (const [key, member] of Object.entries(shape ?? {})) {
        const path = name === "" ? key : `${name}.${key}`;
        if (!(member as { description?: string }).description) silent.push(path);
        look(member, path);
      }
      for (const inner of ["innerType", "element", "valueType"]) {
        if (_zod.def[inner] !== undefined) look(_zod.def[inner], name);
      }
    };
    look(RulesFile, "");
    assert.deepEqual(silent, []);
  });
});
