import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { spec } from "../../testing/spec.ts";
import { ConfigError } from "../fault.ts";
import { loadConfig } from "../load.ts";
import { mailPlanOf } from "../mail-plan.ts";
import { planOf } from "../plan.ts";
import { senderIn } from "./mail.ts";

const env = { VALETKEY_MAIL__PASSWORD: "mail secret" };
const from = "Example Accounts <accounts@example.com>";

function yaml(mail: Readonly<Record<string, string>>, more = "issuer: https://auth.example.com"): string {
  return `${more}\n${Object.keys(mail).length > 0 ? `mail: ${JSON.stringify(mail)}\n` : ""}`;
}

async function faultsOf(mail: Readonly<Record<string, string>>, given = {}): Promise<string[]> {
  try {
    await loadConfig({ text: yaml(mail), env: given });
  } catch (thrown) {
    assert.ok(thrown instanceof ConfigError);
    return thrown.faults.map(({ name, reason }) => `${name} ${reason}`);
  }
  return [];
}

describe("where mails go", () => {
  for (const { smtp, host, port, security, user } of [
    {
      smtp: "smtp://valetkey@smtp.example.com",
      host: "smtp.example.com",
      port: 587,
      security: "starttls",
      user: "valetkey",
    },
    {
      smtp: "smtps://a%40b.example@smtp.example.com:4465/",
      host: "smtp.example.com",
      port: 4465,
      security: "tls",
      user: "a@b.example",
    },
    { smtp: "smtps://x@localhost", host: "localhost", port: 465, security: "tls", user: "x" },
    { smtp: "smtp://x@127.0.0.1:25", host: "127.0.0.1", port: 25, security: "none", user: "x" },
    { smtp: "smtp://x@[::1]:1025", host: "::1", port: 1025, security: "none", user: "x" },
    { smtp: "smtp://x@10.0.0.1", host: "10.0.0.1", port: 587, security: "starttls", user: "x" },
    {
      smtp: "smtp://x@localhost.example.com",
      host: "localhost.example.com",
      port: 587,
      security: "starttls",
      user: "x",
    },
    {
      smtp: "smtp://x@127.0.0.1.example.com",
      host: "127.0.0.1.example.com",
      port: 587,
      security: "starttls",
      user: "x",
    },
  ]) {
    it(`by ${smtp} is ${host} at ${port}, encrypted: ${security}`, async () => {
      const config = await loadConfig({ text: yaml({ smtp, from }), env });
      const sender = { name: "Example Accounts", address: "accounts@example.com" };
      const password = "mail secret";
      const name = "auth.example.com";
      assert.deepEqual(mailPlanOf(config), {
        kind: "smtp",
        host,
        port,
        security,
        user,
        password,
        from: sender,
        name,
      });
    });
  }

  it("with the password in a file is told the file's whole path", async () => {
    const config = await loadConfig({
      text: yaml({ smtp: "smtp://x@smtp.example.com", from, password_file: "pw" }),
      env: {},
    });
    const plan = mailPlanOf(config);
    assert.ok(plan.kind === "smtp");
    assert.deepEqual(plan.password, { file: `${process.cwd()}/pw` });
  });

  for (const { given, kind } of [
    { given: "issuer: http://127.0.0.1:8080", kind: "outbox" },
    { given: "issuer: https://localhost", kind: "outbox" },
    { given: "issuer: http://localhost:8080\nlisten: {host: '::1'}", kind: "outbox" },
    { given: "issuer: http://localhost:8080\nlisten: {host: 0.0.0.0}", kind: "none" },
    { given: "issuer: http://localhost:8080\nlisten: {host: '::'}", kind: "none" },
    { given: "issuer: http://localhost:8080\nlisten: {host: 192.168.1.7}", kind: "none" },
    { given: "issuer: https://auth.example.com", kind: "none" },
    { given: "issuer: https://localhost.example.com", kind: "none" },
  ]) {
    spec("I6-OUTBOX", `without a mail server is ${kind} for ${given.replace("\n", ", ")}`, async () => {
      const config = await loadConfig({ text: yaml({}, given), env: {} });
      assert.equal(mailPlanOf(config).kind, kind);
    });
  }
});

describe("settings of mails that cannot be", () => {
  for (const { smtp, says } of [
    { smtp: "smtp.example.com", says: /URL|smtp:\/\// },
    { smtp: "https://x@smtp.example.com", says: /must begin with smtp/ },
    { smtp: "smtp://x:secret@smtp.example.com", says: /must not hold the password/ },
    { smtp: "smtp://x@SMTP.example.com", says: /lower case/ },
    { smtp: "smtp://x@", says: /URL|host/ },
    { smtp: "smtp://x@smtp.example.com:0", says: /port/ },
    { smtp: "smtp://x@smtp.example.com/inbox", says: /end after/ },
    { smtp: "smtp://x@smtp.example.com?tls=no", says: /end after/ },
    { smtp: "smtp://x%0d%0aQUIT@smtp.example.com", says: /control/ },
    { smtp: "smtp://x%ff@smtp.example.com", says: /cannot be read/ },
  ]) {
    it(`refuses ${smtp} and repeats no secret`, async () => {
      const faults = await faultsOf({ smtp, from }, env);
      assert.equal(faults.length, 1);
      assert.match(faults[0] ?? "", /^mail\.smtp /);
      assert.match(faults[0] ?? "", says);
      assert.doesNotMatch(faults[0] ?? "", /secret/);
    });
  }

  for (const { given, mail, variables = {}, name } of [
    { given: "no sender", mail: { smtp: "smtp://smtp.example.com" }, name: "mail.from is missing" },
    {
      given: "a user without a password",
      mail: { smtp: "smtp://x@smtp.example.com", from },
      name: "mail.password is missing",
    },
    {
      given: "a password without a user",
      mail: { smtp: "smtp://smtp.example.com", from },
      variables: env,
      name: "mail.smtp names no user",
    },
    {
      given: "a password twice",
      mail: { smtp: "smtp://x@smtp.example.com", from, password_file: "x" },
      variables: env,
      name: "mail.password_file and mail.password exclude each other",
    },
  ] as { given: string; mail: Record<string, string>; variables?: Record<string, string>; name: string }[]) {
    it(`refuses ${given}`, async () => {
      const faults = await faultsOf(mail, variables);
      assert.equal(faults.length, 1);
      assert.ok(faults[0]?.startsWith(name), faults[0]);
    });
  }

  for (const sender of [
    "accounts",
    "accounts@example.com, eve@example.com",
    "Example\nBcc: eve@example.com <accounts@example.com>",
    "<accounts@example.com",
    "Example <accounts@example.com> <eve@example.com>",
  ]) {
    it(`refuses a sender such as ${JSON.stringify(sender)}`, async () => {
      const faults = await faultsOf({ from: sender });
      assert.deepEqual(faults, ["mail.from must be an email address, or a name and the address in <>"]);
    });
  }

  for (const [text, name] of [
    ["accounts@example.com", ""],
    ["<accounts@example.com>", ""],
    ["Example <accounts@example.com>", "Example"],
    ['"Example, Inc." <accounts@example.com>', "Example, Inc."],
    ["Example, Inc. <accounts@example.com>", "Example, Inc."],
    ["ＥＸ 例 <accounts@example.com>", "ＥＸ 例"],
  ] as const) {
    it(`reads ${text}`, () => {
      assert.deepEqual(senderIn(text), { name, address: "accounts@example.com" });
    });
  }
});

describe("where leaked passwords are looked up", () => {
  const load = (passwords: string) =>
    loadConfig({ text: `issuer: https://auth.example.com\npasswords: ${passwords}`, env: {} });

  it("is nowhere unless the operator says so", async () => {
    assert.equal(planOf(await load("{}"), undefined).breaches, null);
    const url = "https://api.pwnedpasswords.com/range/";
    assert.deepEqual(planOf(await load("{breach_check: true}"), undefined).breaches, { url });
  });

  for (const url of [
    "http://mirror.example.com/range/",
    "https://mirror.example.com/range",
    "https://x:y@mirror.example.com/range/",
    "https://mirror.example.com/range/?x=/",
    "mirror",
  ]) {
    it(`is not ${url}`, async () => {
      await assert.rejects(load(`{breach_url: "${url}"}`), ConfigError);
    });
  }

  it("may be a mirror on this machine", async () => {
    const config = await load('{breach_check: true, breach_url: "http://127.0.0.1:8081/"}');
    assert.deepEqual(planOf(config, undefined).breaches, { url: "http://127.0.0.1:8081/" });
  });
});
