import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import { createGuard } from "@valetkey/resource";
import { anAuthority } from "../../../gateway/src/upstream/testing/a-certificate.ts";
import { aProofKey } from "../../../resource/src/testing/a-proof.ts";
import { authorizationUrl, pkce, post } from "../testing/a-login.ts";
import { basic, claimsOf } from "../testing/a-program.ts";
import { freePort } from "../testing/free-port.ts";
import { aBrowserAt, aRunningServer, overHttp } from "./testing/a-configured.ts";
import { aFolder, running } from "./testing/a-process.ts";
import { factsOf, inProcess } from "./testing/in-process.ts";

const issuer = ["--issuer", "http://127.0.0.1:1"];
const upstream = ["--upstream", "http://127.0.0.1:2/v1", "--rules", "rules.yaml"];
const secure = ["--upstream", "https://127.0.0.1:2/v1", "--rules", "rules.yaml"];
const rulesFor = (path: string, more = "") =>
  `rules:\n  - { methods: [GET], path: ${path}, scopes: [models:read] }\n${more}`;

describe("valetkey protect --upstream", () => {
  let folder = "";
  before(async () => {
    folder = await aFolder();
  });

  for (const { given, args, says } of [
    { given: "no issuer", args: upstream, says: /^--issuer: is needed/ },
    {
      given: "no rules",
      args: [...issuer, "--upstream", "http://127.0.0.1:2"],
      says: /^--rules: is needed: the file that says what may be reached, and with which scopes/,
    },
    {
      given: "rules for nothing",
      args: [...issuer, "--rules", "ai.yaml"],
      says: /^--upstream: is needed: --rules are about a server that runs already/,
    },
    {
      given: "no such file",
      args: [...issuer, ...upstream],
      says: /^--rules \S+rules\.yaml: cannot be read/,
    },
    ...[
      { url: "models", says: /^--upstream models: is no URL/ },
      { url: "ftp://a", says: /^--upstream ftp:\/\/a: is no http or https URL/ },
      { url: "http://u:p@a/", says: /^--upstream http:\/\/\*\*\*@a\/: carries a password/ },
      { url: "http://a/?b", says: /^--upstream http:\/\/a\/\?b: ends in a query or fragment/ },
    ].map(({ url, says }) => ({
      given: `the upstream ${url}`,
      args: [...issuer, "--upstream", url, "--rules", "a"],
      says,
    })),
    {
      given: "a program as well",
      args: [...issuer, ...upstream, "--", "npx"],
      says: /^Behind -- stands a program to start, and --upstream names a server that runs already/,
    },
    ...["process", "most", "idle", "timeout", "prefix", "tools", "env"].map((name) => ({
      given: `--${name}, which is about a program,`,
      args: [...issuer, ...upstream, `--${name}`, "1"],
      says: new RegExp(`^--${name}: is about a program behind --`),
    })),
    ...["class-scopes", "tell-caller"].map((name) => ({
      given: `--${name}, which is about a program,`,
      args: [...issuer, ...upstream, `--${name}`],
      says: new RegExp(`^--${name}: is about a program behind --`),
    })),
    {
      given: "an authority for plain HTTP",
      args: [...issuer, ...upstream, "--upstream-ca", "ca.pem"],
      says: /^--upstream-ca ca\.pem: goes with an https --upstream/,
    },
    {
      given: "an authority that is not there",
      args: [...issuer, ...secure, "--upstream-ca", "ca.pem"],
      says: /^--upstream-ca ca\.pem: cannot be read/,
    },
    {
      given: "no authority",
      args: [...issuer, ...secure, "--upstream-ca", "/dev/null"],
      says: /^--upstream-ca \/dev\/null: holds no certificate in PEM/,
    },
    {
      given: "an authority of a program",
      args: [...issuer, "--upstream-ca", "ca.pem", "--", "x"],
      says: /^--upstream-ca: goes with --upstream/,
    },
    {
      given: "rules for a program",
      args: [...issuer, "--rules", "a", "--", "x"],
      says: /^--rules: goes with --upstream: a stdio server has tools, not paths/,
    },
    {
      given: "usage of a program",
      args: [...issuer, "--usage", "--", "x"],
      says: /^--usage: goes with --upstream/,
    },
  ]) {
    it(`refuses ${given} in a sentence, before anything starts`, async () => {
      const { status, stdout, stderr } = await inProcess(folder, ["protect", ...args]);
      assert.deepEqual([status, stdout], [2, ""]);
      assert.match(stderr, says);
    });
  }

  it("tells every fault of the rules with its line, and does not start", async () => {
    await writeFile(
      join(folder, "rules.yaml"),
      "rules:\n  - methods: [get]\n    path: a\n    scopes: [s]\nx: 1\n",
    );
    const { status, stdout, stderr } = await inProcess(folder, ["protect", ...issuer, ...upstream]);
    assert.deepEqual([status, stdout], [2, ""]);
    const told = stderr.split("\n").map((line) => line.replace(/^--rules \S+: /, ""));
    assert.match(told[0] ?? "", /^line 2: rules item 1\.methods item 1 must be one of GET/);
    assert.deepEqual(told.slice(1, 3), [
      "line 3: rules item 1.path must begin with a slash.",
      "line 5: x is no setting.",
    ]);
  });

  it("has a help that shows both ways", async () => {
    const { status, stdout } = await inProcess(folder, ["protect", "--help"]);
    assert.equal(status, 0);
    assert.match(stdout, /^Usage: valetkey protect \[options\] \[-- PROGRAM \[ARGUMENTS\]\]\n/);
    assert.match(
      stdout,
      /protect --issuer \S+ --upstream http:\/\/127\.0\.0\.1:11434\/v1 --rules ai\.yaml\n/,
    );
  });
});

describe("valetkey protect --upstream, at a running Valetkey", () => {
  const back = "https://models.example.com/v1";
  const seen: { readonly url: string | undefined; readonly headers: IncomingHttpHeaders }[] = [];
  const behind = createServer((incoming, outgoing) => {
    seen.push({ url: incoming.url, headers: incoming.headers });
    outgoing.end("behind");
  });
  let place: Awaited<ReturnType<typeof aRunningServer>>;
  let front = "";
  let gateway: ReturnType<typeof running>;
  let job: { readonly client_id: string; readonly client_secret: string };
  let actor: string;

  before(async () => {
    behind.listen(0, "127.0.0.1");
    place = await aRunningServer();
    const { folder } = place;
    const port = await freePort();
    front = `http://127.0.0.1:${port}/v1`;
    await writeFile(join(folder, "rules.yaml"), rulesFor("/a"));
    const { port: there } = behind.address() as AddressInfo;
    gateway = running(folder, [
      ...["protect", "--issuer", place.issuer, "--listen", `127.0.0.1:${port}`, "--usage"],
      ...["--upstream", `http://127.0.0.1:${there}/v1`, "--rules", "rules.yaml"],
    ]);
    await gateway.untilOut(/Ctrl-C stops/);
  });
  after(async () => {
    behind.closeAllConnections();
    behind.close();
  });

  const tokenOf = async (scope = "models:read") => {
    const form = { grant_type: "client_credentials", resource: front, scope };
    const { status, body } = await post(
      overHttp(place.issuer),
      "/token",
      form,
      basic(job.client_id, job.client_secret),
    );
    assert.equal(status, 200, JSON.stringify(body));
    return String(body.access_token);
  };
  const call = (token: string, path: string) =>
    fetch(`${front}${path}`, { headers: { authorization: `Bearer ${token}` } });
  const reload = async (text: string, says: RegExp) => {
    const before = gateway.stderr().length;
    await writeFile(join(place.folder, "rules.yaml"), text);
    await gateway.untilErr(new RegExp(says.source), before);
  };

  it("prints the command that registers the resource, which a shell takes", async () => {
    const [, command = ""] = /\n(valetkey resource add .*?)\n\n/s.exec(gateway.stdout()) ?? [];
    assert.equal(command, `valetkey resource add ${front} \\\n    --scope 'models:read=Use GET /a'`);
    await inShell(place.folder, command);
    const { scopes } = await factsOf(place.folder, ["resource", "show", front]);
    assert.deepEqual(
      scopes.map(({ name, risk }: { name: string; risk: string }) => [name, risk]),
      [["models:read", "low"]],
    );
    await factsOf(place.folder, ["resource", "set", front, "--machines", "models:read"]);
    const machine = ["--confidential", "--scope", "models:read"];
    job = await factsOf(place.folder, ["client", "add", "--name", "Job", ...machine]);
  });

  it("lets a caller with the scope through, without its token, and tells of each request", async () => {
    const token = await tokenOf();
    assert.equal(await (await call(token, "/a")).text(), "behind");
    assert.deepEqual([seen.at(-1)?.url, seen.at(-1)?.headers.authorization], ["/v1/a", undefined]);
    assert.equal((await call(token, "/b")).status, 403);
    assert.equal((await call(token, `/b${"x".repeat(300)}?key=hidden`)).status, 403);
    await gateway.untilErr(/refused: upstream\.no-rule for GET \/v1\/bx+\n/);
    assert.match(gateway.stderr(), /^refused: upstream\.no-rule for GET \/v1\/b$/m);
    assert.ok(!gateway.stderr().includes("hidden") && !gateway.stderr().includes("x".repeat(200)));
    await gateway.untilOut(/"path":"\/v1\/a"/);
    const line =
      gateway
        .stdout()
        .split("\n")
        .find((one) => one.startsWith("{")) ?? "";
    const { subject, status, tokens } = JSON.parse(line) as Record<string, unknown>;
    assert.deepEqual([subject, status, tokens], [job.client_id, 200, 0]);
    assert.ok(!gateway.stderr().includes(token) && !gateway.stdout().includes(token));
  });

  it("takes new rules when their file changes, and keeps the old ones while a fault stands", async () => {
    const token = await tokenOf();
    await reload(rulesFor("/b"), /rules taken: 1 rule/);
    assert.deepEqual([(await call(token, "/b")).status, (await call(token, "/a")).status], [200, 403]);
    await reload(
      "rules:\n  - { methods: [GET], path: c, scopes: [s] }\nx: 1\n",
      /rules not taken: line 3: x is no setting/,
    );
    assert.match(gateway.stderr(), /rules not taken: line 2: rules item 1\.path must begin with a slash\./);
    assert.equal((await call(token, "/b")).status, 200);
    await reload(
      `${rulesFor("/b")}  - { methods: [POST], path: /b, scopes: [models:ask] }\n`,
      /new in the rules: models:ask\. .*valetkey resource set \S+ --scope 'models:ask=Use POST \/b' --risk models:ask=medium/,
    );
  });

  it("reads the rules anew on SIGHUP, though nothing changed in them", async () => {
    const before = gateway.stderr().length;
    gateway.signal("SIGHUP");
    await gateway.untilErr(/rules taken: 2 rules/, before);
    assert.equal((await call(await tokenOf(), "/b")).status, 200);
  });

  it("[MCP-RS-06] exchanges the caller's token for one for the server behind, in which it is the actor", async () => {
    const { folder } = place;
    const scope = ["--scope", "models:read=Use the models", "--machines", "models:read"];
    await factsOf(folder, ["resource", "add", back, "--name", "Models", ...scope]);
    const acts = ["--introspects", front, "--acts-at", back];
    const client = await factsOf(folder, ["client", "add", "--name", "Gateway", "--confidential", ...acts]);
    actor = client.client_id;
    await writeFile(join(folder, "secret"), client.client_secret);
    await reload(exchanging(actor, join(folder, "secret")), /rules taken/);
    const token = await tokenOf();
    for (let turn = 0; turn < 3; turn++) assert.equal((await call(token, "/a")).status, 200);
    const [one, two, three] = seen.slice(-3).map(({ headers }) => headers.authorization ?? "");
    assert.ok(one && one === two && two === three && !one.includes(token));
    const { aud, sub, act, scope: granted } = claimsOf(one);
    assert.deepEqual([aud, sub, act, granted], [back, job.client_id, { sub: actor }, "models:read"]);
  });

  it("does so for a person, whose consent names both resources, and refuses with 403 where it names one", async () => {
    const { folder } = place;
    const { password } = await factsOf(folder, ["account", "add", "ada@example.com", "--generate-password"]);
    const redirect_uri = "https://app.example.com/callback";
    await factsOf(folder, ["client", "add", "--name", "App", "--id", "app", "--redirect-uri", redirect_uri]);
    const signedIn = async (resource: readonly string[]) => {
      const { verifier, challenge } = pkce();
      const asked = { redirect_uri, code_challenge: challenge, resource, scope: "models:read" };
      const url = authorizationUrl(overHttp(place.issuer), { id: "app" }, asked);
      const answer = await aBrowserAt(place.issuer).approve(url, { email: "ada@example.com", password });
      const { body } = await post(overHttp(place.issuer), "/token", {
        ...{ grant_type: "authorization_code", client_id: "app", redirect_uri, resource: front },
        ...{ code: answer.searchParams.get("code") ?? "", code_verifier: verifier },
      });
      return String(body.access_token);
    };
    assert.equal((await call(await signedIn([front, back]), "/a")).status, 200);
    const { aud, sub, act } = claimsOf(seen.at(-1)?.headers.authorization ?? "");
    assert.deepEqual([aud, act], [back, { sub: actor }]);
    assert.notEqual(sub, job.client_id);
    const count = seen.length;
    const refused = await call(await signedIn([front]), "/a");
    assert.equal(refused.status, 403);
    assert.equal(((await refused.json()) as { error: string }).error, "access_denied");
    assert.match(
      gateway.stderr(),
      /refused: upstream\.exchange-refused for GET \/v1\/a: invalid_target for \S+ at https:/,
    );
    assert.equal(seen.length, count);
  });

  it("exchanges a token that is bound to its caller's key for one that is bound to the gateway's", async () => {
    const key = await aProofKey();
    const proofFor = (htm: string, htu: string, more: object = {}) =>
      key.proof({ htm, htu, iat: Math.floor(Date.now() / 1_000), ...more });
    const form = { grant_type: "client_credentials", resource: front, scope: "models:read" };
    const ask = async (nonce?: string | null) => {
      const dpop = await proofFor("POST", `${place.issuer}/token`, { ...(nonce && { nonce }) });
      const secret = basic(job.client_id, job.client_secret);
      return await post(overHttp(place.issuer), "/token", form, { ...secret, dpop });
    };
    const first = await ask();
    const { body } = first.status === 200 ? first : await ask(first.headers.get("dpop-nonce"));
    const own = String(body.access_token);
    assert.equal(body.token_type, "DPoP", JSON.stringify(body));
    const ath = createHash("sha256").update(own).digest("base64url");
    const headers = { authorization: `DPoP ${own}`, dpop: await proofFor("GET", `${front}/a`, { ath }) };
    assert.equal((await fetch(`${front}/a`, { headers })).status, 200);
    // The server behind is a guard that takes it.
    const { authorization = "", dpop } = seen.at(-1)?.headers ?? {};
    const guard = createGuard({ issuer: place.issuer, resource: back });
    const caller = await guard.guard(
      new Request(`${back}/a`, { headers: { authorization, dpop: String(dpop) } }),
    );
    assert.ok(!(caller instanceof Response));
    assert.deepEqual([caller.subject, caller.actors], [job.client_id, [actor]]);
    assert.notDeepEqual(caller.claims.cnf, { jkt: key.jkt });
  });

  it("refuses a revoked token within seconds where it follows the feed, before a server with TLS", async (t) => {
    const { folder, issuer } = place;
    const authority = anAuthority("internal");
    const secured = createSecureServer(authority.forAddress("127.0.0.1"), (_incoming, outgoing) => {
      outgoing.end("behind TLS");
    });
    await new Promise<void>((go) => secured.listen(0, "127.0.0.1", go));
    t.after(() => {
      secured.closeAllConnections();
      secured.close();
    });
    const { port: there } = secured.address() as AddressInfo;
    await writeFile(join(folder, "ca.pem"), authority.certificate);
    const port = await freePort();
    const looks = ["--name", "Reader", "--confidential", "--introspects", front];
    const reader = await factsOf(folder, ["client", "add", ...looks]);
    await writeFile(join(folder, "followed.yaml"), rulesFor("/a"));
    const following = running(
      folder,
      [
        ...["protect", "--issuer", issuer, "--listen", `127.0.0.1:${port}`, "--resource", front],
        ...["--upstream", `https://127.0.0.1:${there}/v1`, "--upstream-ca", "ca.pem"],
        ...["--rules", "followed.yaml", "--revocations", reader.client_id],
      ],
      { env: { VALETKEY_CLIENT_SECRET: reader.client_secret } },
    );
    await following.untilOut(/Ctrl-C stops/);
    const [ended, other] = [await tokenOf(), await tokenOf()];
    const status = async (token: string) => {
      const headers = { authorization: `Bearer ${token}` };
      return (await fetch(`http://127.0.0.1:${port}/v1/a`, { headers })).status;
    };
    assert.deepEqual([await status(ended), await status(other)], [200, 200]);
    const secret = basic(job.client_id, job.client_secret);
    await post(overHttp(issuer), "/revoke", { token: ended }, secret);
    let last = 200;
    for (let turn = 0; turn < 100 && last === 200; turn++) {
      last = await status(ended);
      await new Promise((go) => setTimeout(go, 50));
    }
    assert.deepEqual([last, await status(other)], [401, 200]);
    assert.match(following.stderr(), /refused: token\.revoked/);
    assert.equal((await following.stop("SIGTERM")).status, 0);
  });

  it("answers 503 while the issuer is away, and goes on for those whose token was exchanged before", async () => {
    const known = await tokenOf();
    const late = await tokenOf();
    assert.equal((await call(known, "/a")).status, 200);
    await place.process.stop();
    const answer = await call(late, "/a");
    assert.deepEqual([answer.status, answer.headers.get("retry-after")], [503, "1"]);
    assert.equal((await call(known, "/a")).status, 200);
    assert.equal((await gateway.stop("SIGTERM")).status, 0);
  });
});

function exchanging(clientId: string, secretFile: string): string {
  return rulesFor(
    "/a",
    `credential: own
credentials:
  own:
    exchange: { client_id: ${clientId}, client_secret_file: ${secretFile}, resource: "https://models.example.com/v1" }
`,
  );
}

/** The printed words as a person pastes them, with `valetkey` standing for the binary. */
async function inShell(folder: string, command: string): Promise<void> {
  const binary = join(import.meta.dirname, "../../bin/valetkey.js");
  const valetkey = `valetkey() { "${process.execPath}" --conditions=valetkey-source "${binary}" "$@"; }`;
  await promisify(execFile)("/bin/sh", ["-c", `${valetkey}\n${command}`], { cwd: folder });
}
