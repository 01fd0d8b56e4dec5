import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { ConfigError, type ConfigFault } from "./fault.ts";
import { loadConfig } from "./load.ts";

const issuer = "issuer: https://auth.example.com\n";

async function faultsOf(text: string, env: Record<string, string> = {}): Promise<readonly ConfigFault[]> {
  try {
    await loadConfig({ text, env });
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    for (const fault of error.faults) {
      assert.ok(fault.name && fault.reason && fault.example, JSON.stringify(fault));
      assert.ok(error.message.includes(`${fault.name} ${fault.reason}. ${fault.example}`));
    }
    return error.faults;
  }
  return [];
}

describe("configuration", () => {
  it("needs an issuer and nothing else", async () => {
    const config = await loadConfig({ text: issuer, env: {} });
    assert.equal(config.issuer, "https://auth.example.com");
    assert.deepEqual(config.listen, { host: "127.0.0.1", port: 8080 });
    assert.deepEqual(config.trusted_proxies, []);
    assert.equal(config.lifetimes.access_token, 600);
    assert.equal(config.lifetimes.refresh_absolute, 180 * 86_400);
    assert.deepEqual(config.rate_limits.token, { limit: 30, window: 60 });
    assert.equal(config.log.level, "info");
    const [fault] = await faultsOf("");
    assert.equal(fault?.name, "issuer");
    assert.equal(fault?.reason, "is missing");
    assert.equal(fault?.example, "For example: issuer: https://auth.example.com");
  });

  it("takes seconds from words, and keeps a group's other defaults", async () => {
    const { lifetimes } = await loadConfig({ text: `${issuer}lifetimes:\n  access_token: 5m\n`, env: {} });
    assert.equal(lifetimes.access_token, 300);
    assert.equal(lifetimes.id_token, 600);
  });

  it("takes a name with nothing behind it as absent", async () => {
    const config = await loadConfig({ text: `${issuer}listen:\nlifetimes:\n  access_token:\n`, env: {} });
    assert.equal(config.listen.port, 8080);
    assert.equal(config.lifetimes.access_token, 600);
  });

  for (const value of [
    "https://auth.example.com",
    "https://auth.example.com/tenant",
    "https://auth.example.com:8443",
    "http://127.0.0.1:8080",
    "http://localhost",
    "http://[::1]:9000",
  ]) {
    it(`takes the issuer ${value}`, async () => {
      assert.equal((await loadConfig({ text: `issuer: "${value}"`, env: {} })).issuer, value);
    });
  }

  for (const { value, reason } of [
    { value: "auth.example.com", reason: /must be a URL/ },
    { value: "http://auth.example.com", reason: /must begin with https/ },
    { value: "http://127.0.0.1.example.com", reason: /must begin with https/ },
    { value: "ftp://auth.example.com", reason: /must begin with https/ },
    { value: "https://auth.example.com/", reason: /must not end in a slash/ },
    { value: "https://auth.example.com?x=1", reason: /no query/ },
    { value: "https://auth.example.com#x", reason: /no fragment/ },
    { value: "https://user:password@auth.example.com", reason: /user or password/ },
    { value: "https://AUTH.example.com", reason: /lower-case host/ },
    { value: "https://auth.example.com:443", reason: /default port/ },
    { value: "", reason: /must not be empty/ },
  ]) {
    it(`refuses the issuer ${JSON.stringify(value)}`, async () => {
      const faults = await faultsOf(`issuer: "${value}"`);
      assert.deepEqual(
        faults.map((fault) => fault.name),
        ["issuer"],
      );
      assert.match(faults[0]?.reason ?? "", reason);
    });
  }

  for (const { line, name, reason } of [
    { line: "port: 80", name: "port", reason: /is no setting/ },
    { line: "__proto__: {x: 1}", name: "__proto__", reason: /is no setting/ },
    { line: "constructor: 1", name: "constructor", reason: /is no setting/ },
    { line: "listen: {prot: 80}", name: "listen.prot", reason: /is no setting/ },
    { line: "listen: 80", name: "listen", reason: /must be a group/ },
    { line: "listen: [80]", name: "listen", reason: /must be a group/ },
    { line: "listen: {port: 65536}", name: "listen.port", reason: /between 0 and 65535/ },
    { line: "listen: {port: 1.5}", name: "listen.port", reason: /whole number/ },
    { line: 'listen: {port: "80"}', name: "listen.port", reason: /whole number/ },
    { line: "product_name: 7", name: "product_name", reason: /must be text/ },
    { line: "registration: {enabled: yes}", name: "registration.enabled", reason: /true or false/ },
    { line: "lifetimes: {access_token: 600}", name: "lifetimes.access_token", reason: /with its unit/ },
    { line: "lifetimes: {access_token: 10 minutes}", name: "lifetimes.access_token", reason: /and a unit/ },
    { line: "lifetimes: {access_token: 0s}", name: "lifetimes.access_token", reason: /between 10s and 1d/ },
    { line: "lifetimes: {authorization_code: 11m}", name: "lifetimes.authorization_code", reason: /10m/ },
    { line: "trusted_proxies: 10.0.0.0/8", name: "trusted_proxies", reason: /must be a list/ },
    {
      line: "trusted_proxies: [10.0.0.1, proxy]",
      name: "trusted_proxies item 2",
      reason: /IP address or a range/,
    },
    {
      line: "trusted_proxies: [10.0.0.0/33]",
      name: "trusted_proxies item 1",
      reason: /IP address or a range/,
    },
    { line: "trusted_proxies: [10.0.0.0/]", name: "trusted_proxies item 1", reason: /IP address or a range/ },
    { line: "trusted_proxies: ['::/0']", name: "trusted_proxies item 1", reason: /all addresses/ },
    { line: "store: mysql://h/d", name: "store", reason: /postgres:\/\/ URL/ },
    { line: "store: postgres://u:a%@h:x/d", name: "store", reason: /cannot be read/ },
    { line: "default_resource: mcp", name: "default_resource", reason: /absolute URI/ },
    { line: "default_resource: 'https://a.example#b'", name: "default_resource", reason: /fragment/ },
    {
      line: "registration: {app_redirects: ['https://a.example/cb']}",
      name: "registration.app_redirects item 1",
      reason: /not http/,
    },
    {
      line: "registration: {app_redirects: ['javascript:alert(1)']}",
      name: "registration.app_redirects item 1",
      reason: /browsers run/,
    },
    {
      line: "registration: {app_redirects: ['app:/cb#']}",
      name: "registration.app_redirects item 1",
      reason: /fragment/,
    },
    {
      line: "registration: {app_redirects: ['cb']}",
      name: "registration.app_redirects item 1",
      reason: /own scheme/,
    },
    { line: "log: {level: verbose}", name: "log.level", reason: /one of fatal, error/ },
    { line: "limits: {header_bytes: 8192}", name: "limits.header_bytes", reason: /between 16384/ },
    {
      line: "signing_keys: {keep_after: 5m}",
      name: "signing_keys.keep_after",
      reason: /shorter than a token/,
    },
    {
      line: "lifetimes: {access_token: 1d, id_token: 1h}\nsigning_keys: {keep_after: 2h}",
      name: "signing_keys.keep_after",
      reason: /shorter than a token/,
    },
    {
      line: "lifetimes: {access_token: 1h, id_token: 1d}\nsigning_keys: {keep_after: 2h}",
      name: "signing_keys.keep_after",
      reason: /shorter than a token/,
    },
    { line: "signing_keys: {publish_ahead: 90d}", name: "signing_keys.publish_ahead", reason: /not shorter/ },
    {
      line: "client_metadata_documents: {min_fresh: 1d, max_fresh: 1h}",
      name: "client_metadata_documents.min_fresh",
      reason: /longer/,
    },
    { line: "lifetimes: {refresh_idle: 200d}", name: "lifetimes.refresh_idle", reason: /never count/ },
    {
      line: "sign_in: {second_factor: required, passkeys: false, one_time_passwords: false}",
      name: "sign_in.second_factor",
      reason: /nobody could sign in/,
    },
    {
      line: "sign_in: {password: false, passkeys: false}",
      name: "sign_in",
      reason: /leaves no way to sign in: a code by mail takes mail\.smtp/,
    },
    {
      line: "sign_in: {password: false, passkeys: false}\nupstreams: {g: {kind: github, enabled: false, client_id: a, client_secret: b}}",
      name: "sign_in",
      reason: /leaves no way to sign in/,
    },
  ]) {
    it(`refuses ${line}`, async () => {
      const faults = await faultsOf(`${issuer}${line}`);
      assert.deepEqual(
        faults.map((fault) => fault.name),
        [name],
      );
      assert.match(faults[0]?.reason ?? "", reason);
    });
  }

  it("takes any one way to sign in, and no passkeys for an address", async () => {
    const none = "sign_in: {password: false, passkeys: false}";
    const mail = "mail: {smtp: smtp://mail.example.com, from: a@example.com}";
    for (const text of [
      `${issuer}${none}\n${mail}`,
      `${issuer}${none}\nupstreams: {g: {kind: github, client_id: a, client_secret: b}}`,
      `${issuer}sign_in: {password: false, email: false}`,
      `issuer: http://localhost:8080\n${none}`,
    ]) {
      await loadConfig({ text, env: {} });
    }
    const faults = await faultsOf("issuer: http://127.0.0.1:8080\nsign_in: {password: false, email: false}");
    assert.deepEqual(
      faults.map(({ name }) => name),
      ["sign_in"],
    );
  });

  it("takes what lies on the borders", async () => {
    const text = `${issuer}trusted_proxies: [127.0.0.1, 10.0.0.0/8, "::1", "fd00::/8"]
store: postgres://u:p@h/d
listen: {port: 0}
lifetimes: {authorization_code: 10m, access_token: 1d, id_token: 10s}
signing_keys: {keep_after: 1d}
registration: {app_redirects: []}`;
    assert.deepEqual(await faultsOf(text), []);
  });

  it("tells every fault at once: of the file, of the environment, and of settings that contradict each other", async () => {
    const text = "issuer: x\nlisten: {port: a, prot: 1}\nlog: 1\nsigning_keys: {keep_after: 5m}\nlisen: {}\n";
    const faults = await faultsOf(text, { VALETKEY_STORE: "mysql://h", VALETKEY_ISUER: "y" });
    assert.deepEqual(faults.map((fault) => fault.name).sort(), [
      "VALETKEY_ISUER",
      "issuer",
      "lisen",
      "listen.port",
      "listen.prot",
      "log",
      "signing_keys.keep_after",
      "store (VALETKEY_STORE)",
    ]);
    assert.match(faults.find((fault) => fault.name === "lisen")?.example ?? "", /Did you mean listen\?/);
    assert.match(
      faults.find((fault) => fault.name === "listen.prot")?.example ?? "",
      /Did you mean listen\.port\?/,
    );
  });

  it("never repeats a value, which may be a password", async () => {
    const secret = "S3cr3tS3cr3t";
    for (const text of [
      `store: mysql://u:${secret}@h`,
      `store: postgres://u:${secret}%@h:x/d`,
      `issuer: ["${secret}`,
      `store: "postgres://${secret}\nissuer: x`,
      `a: ${secret}: b: c`,
      `- ${secret}`,
      `log: ${secret}`,
      `? ${secret}\n: - {`,
      `a: *${secret}`,
      `a: !${secret} b\n`,
      `store: >${secret}`,
      `store: |- ${secret}`,
      `a: [*b}|${secret} ${secret}`,
      `store: "a" "${secret}"`,
      `a: !${secret}!`,
      `%YAML ${secret}\n---\na: }- ${secret}#`,
    ]) {
      const faults = await faultsOf(text);
      assert.ok(faults.length > 0, text);
      assert.ok(!JSON.stringify(faults).includes(secret), JSON.stringify(faults));
    }
  });

  for (const { given, text, says } of [
    { given: "broken YAML by line", text: "issuer: [a\nb: {", says: /line \d is not valid YAML/ },
    { given: "one name twice", text: `${issuer}${issuer}`, says: /line 2 is not valid YAML/ },
    { given: "a list", text: "- a", says: /must hold settings/ },
    { given: "a word", text: "hello", says: /must hold settings/ },
    { given: "two documents", text: `${issuer}---\n${issuer}`, says: /is not valid YAML/ },
    { given: "a billion laughs", text: laughs(), says: /is not valid YAML/ },
  ]) {
    it(`refuses ${given}`, async () => {
      const faults = await faultsOf(text);
      assert.match(`${faults[0]?.name} ${faults[0]?.reason}`, says);
    });
  }
});

function laughs(): string {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"];
  for (let n = 1; n < 9; n++) lines.push(`a${n}: &a${n} [${`*a${n - 1}, `.repeat(9)}]`);
  return lines.join("\n");
}

describe("environment", () => {
  it("overrides the file, also where the file is silent, by the type of the setting", async () => {
    const env = {
      VALETKEY_ISSUER: "https://b.example",
      VALETKEY_LISTEN__PORT: "9000",
      VALETKEY_REGISTRATION__ENABLED: "false",
      VALETKEY_TRUSTED_PROXIES: "10.0.0.1, 10.1.0.0/16",
      VALETKEY_LIFETIMES__ACCESS_TOKEN: "5m",
      VALETKEY_RATE_LIMITS__SIGN_IN__LIMIT: "3",
      VALETKEY_PRODUCT_NAME: "2024",
    };
    const config = await loadConfig({ text: `${issuer}listen: {host: "::1"}`, env });
    assert.equal(config.issuer, "https://b.example");
    assert.deepEqual(config.listen, { host: "::1", port: 9000 });
    assert.equal(config.registration.enabled, false);
    assert.deepEqual(config.trusted_proxies, ["10.0.0.1", "10.1.0.0/16"]);
    assert.equal(config.lifetimes.access_token, 300);
    assert.deepEqual(config.rate_limits.sign_in, { limit: 3, window: 86_400, longest: 900 });
    assert.equal(config.product_name, "2024");
  });

  it("is enough without a file", async () => {
    assert.equal(
      (await loadConfig({ env: { VALETKEY_ISSUER: "https://b.example" } })).issuer,
      "https://b.example",
    );
  });

  for (const [variable, value] of [
    ["VALETKEY_LISTEN__PORT", "80x"],
    ["VALETKEY_LISTEN__PORT", "-1"],
    ["VALETKEY_REGISTRATION__ENABLED", "TRUE"],
    ["VALETKEY_TRUSTED_PROXIES", "10.0.0.1,,10.0.0.2"],
  ] as const) {
    it(`is refused with ${variable}=${value}, and named`, async () => {
      const [fault] = await faultsOf(issuer, { [variable]: value });
      assert.ok(fault?.name.includes(`(${variable})`), fault?.name);
      assert.ok(fault?.example.includes(`${variable}=`), fault?.example);
      assert.ok(!fault?.example.includes("["), fault?.example);
    });
  }

  it("says what is wrong with the file's group and not with the variable", async () => {
    const faults = await faultsOf(`${issuer}listen: 5`, { VALETKEY_LISTEN__PORT: "80" });
    assert.deepEqual(
      faults.map((fault) => fault.name),
      ["listen"],
    );
  });

  for (const variable of [
    "VALETKEY_PORT",
    "VALETKEY_LISTEN_PORT",
    "VALETKEY_issuer",
    "VALETKEY_LISTEN",
    "VALETKEY_X",
  ]) {
    it(`is refused with ${variable}, which names no setting`, async () => {
      assert.deepEqual(
        (await faultsOf(issuer, { [variable]: "1" })).map((fault) => fault.name),
        [variable],
      );
    });
  }

  it("may hold the keys, what Kubernetes sets for a service of our name, empty variables and anybody else's", async () => {
    const env = {
      VALETKEY_KEYS: "k",
      VALETKEY_STORE: "",
      VALETKEY_PORT: "tcp://10.0.0.1:80",
      VALETKEY_PORT_80_TCP: "tcp://10.0.0.1:80",
      VALETKEY_PORT_80_TCP_ADDR: "10.0.0.1",
      VALETKEY_SERVICE_HOST: "10.0.0.1",
      VALETKEY_SERVICE_PORT_HTTP: "80",
      PATH: "/bin",
    };
    assert.deepEqual(await faultsOf(issuer, env), []);
  });
});

describe("configuration file", async () => {
  const folder = await mkdtemp(join(tmpdir(), "valetkey-config-"));
  after(() => rm(folder, { recursive: true }));

  it("is where relative paths start; the keys lie beside the database", async () => {
    const file = join(folder, "valetkey.yaml");
    await writeFile(file, `\ufeff${issuer}store: data/a.sqlite\n`);
    const config = await loadConfig({ file, env: {} });
    assert.equal(config.store, join(folder, "data", "a.sqlite"));
    assert.equal(config.key_file, join(folder, "data", "valetkey.keys"));
    const other = await loadConfig({
      file,
      env: { VALETKEY_KEY_FILE: "/keys", VALETKEY_STORE: "/b.sqlite" },
    });
    assert.equal(other.store, "/b.sqlite");
    assert.equal(other.key_file, "/keys");
    const postgres = await loadConfig({ file, env: { VALETKEY_STORE: "postgres://u@h/d" } });
    assert.equal(postgres.store, "postgres://u@h/d");
    assert.equal(postgres.key_file, join(folder, "valetkey.keys"));
  });

  it("is refused in a sentence when it does not exist or cannot be read", async () => {
    const missing = loadConfig({ file: join(folder, "none.yaml"), env: {} });
    await assert.rejects(missing, /none\.yaml does not exist\. `valetkey init`/);
    await assert.rejects(loadConfig({ file: folder, env: {} }), /cannot be read \(EISDIR\)/);
  });
});
