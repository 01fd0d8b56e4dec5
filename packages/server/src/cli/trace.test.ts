import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { refusals } from "@valetkey/protocol/refusals";
import { authorizationUrl, pkce, post } from "../testing/a-login.ts";
import { basic } from "../testing/a-program.ts";
import { spec } from "../testing/spec.ts";
import { aBrowserAt, aRunningServer, overHttp } from "./testing/a-configured.ts";
import { running, valetkey } from "./testing/a-process.ts";
import { factsOf, inProcess } from "./testing/in-process.ts";

const mcp = "https://mcp.example.com/mcp";
const redirect_uri = "https://app.example.com/callback";

describe("valetkey trace", () => {
  let folder: string;
  let issuer: string;
  let secrets: readonly string[];

  before(async () => {
    const server = await aRunningServer();
    ({ folder, issuer } = server);
    await factsOf(folder, [
      "resource",
      "add",
      mcp,
      "--scope",
      "files:read=Read your files",
      "--machines",
      "files:read",
    ]);
    await factsOf(folder, [
      "client",
      "add",
      "--name",
      "Good app",
      "--id",
      "good",
      "--redirect-uri",
      redirect_uri,
    ]);
    const job = await factsOf(folder, [
      ...["client", "add", "--name", "Job", "--id", "job", "--confidential", "--scope", "files:read"],
    ]);
    const { password } = await factsOf(folder, ["account", "add", "ada@example.com", "--generate-password"]);

    await fetch(`${issuer}/.well-known/oauth-authorization-server`);
    const { verifier, challenge } = pkce();
    const asked = { redirect_uri, code_challenge: challenge, resource: mcp };
    const browser = aBrowserAt(issuer);
    const answer = await browser.approve(authorizationUrl(overHttp(issuer), { id: "good" }, asked), {
      email: "ada@example.com",
      password,
    });
    const code = answer.searchParams.get("code") ?? "";
    const tokens = await post(overHttp(issuer), "/token", {
      ...{ grant_type: "authorization_code", client_id: "good", code, code_verifier: verifier, redirect_uri },
    });
    assert.equal(tokens.status, 200);
    await browser.open(
      authorizationUrl(
        overHttp(issuer),
        { id: "good" },
        { ...asked, redirect_uri: "https://evil.example/\u001b[2J" },
      ),
    );
    await post(overHttp(issuer), "/token", { grant_type: "client_credentials" }, basic("job", "vks_wrong"));
    await post(
      overHttp(issuer),
      "/token",
      { grant_type: "client_credentials" },
      basic("job", job.client_secret),
    );
    secrets = [password, code, verifier, tokens.body.access_token, job.client_secret, "vks_wrong"];
    // The server writes its trace behind the answers; the last step is that of the job's own token.
    const isWhole = async () => /Job[\s\S]*done/.test((await inProcess(folder, ["trace"])).stdout);
    for (let turn = 0; turn < 200 && !(await isWhole()); turn++) await pause(50);
  });

  spec("P-3", "tells a handshake step by step, a refusal with its reason and what to change", async () => {
    const { status, stdout, stderr } = await inProcess(folder, ["trace"]);
    assert.equal(status, 0);
    assert.match(stderr, /Working on the store of \.\/valetkey\.yaml/);
    const [good = "", job = ""] = stdout.split("\n\n");
    assert.match(good, /^\d{4}-\d\d-\d\d Good app \(good\)$/m);
    const steps = [...good.matchAll(/^ {2}\d\d:\d\d:\d\d {2}(\S+)\s+(done|refused)/gm)].map((row) =>
      row.slice(1, 3),
    );
    assert.deepEqual(
      steps.map(([step]) => step),
      ["discovery", "authorization", "sign-in", "sign-in", "consent", "consent", "token", "authorization"],
    );
    assert.equal(steps.at(-1)?.[1], "refused");
    assert.doesNotMatch(good, /^ {2}\S+ {2}(?!discovery)\S+\s+(done|refused)$/m, "each step says something");
    assert.ok(good.includes(refusals["redirect-uri.unregistered"].says));
    assert.match(good, /https:\/\/evil\.example\/[^;]*; registered: https:\/\/app\.example\.com\/callback\)/);
    assert.ok(good.includes(`-> ${refusals["redirect-uri.unregistered"].mend}`));
    assert.ok(job.includes(`-> ${refusals["client.wrong-secret"].mend}`));
    assert.ok(job.indexOf("refused") < job.indexOf("done"));
  });

  spec("P-3", "holds no token, code, secret or password, as text and as JSON", async () => {
    for (const args of [["trace"], ["trace", "--json"]]) {
      const { stdout } = await inProcess(folder, args);
      for (const secret of secrets) assert.ok(!stdout.includes(secret), secret.slice(0, 8));
    }
  });

  it("lets nothing that a stranger sent move the cursor, and colours nothing that is piped", async () => {
    const { stdout } = await valetkey(folder, ["trace"]);
    assert.match(stdout, /evil\.example/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is what is tested
    assert.doesNotMatch(stdout, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  it("narrows by client, by trouble and by number", async () => {
    const lines = async (...args: string[]) =>
      (await inProcess(folder, ["trace", "--json", ...args])).stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
    assert.deepEqual(
      (await lines()).map((one) => one.client_id),
      ["good", "job"],
      "the newest last",
    );
    assert.deepEqual(
      (await lines("--client", "good")).map((one) => one.client_id),
      ["good"],
    );
    assert.deepEqual(
      (await lines("--limit", "1")).map((one) => one.client_id),
      ["job"],
    );
    const [good] = await lines("--refused", "--client", "good");
    const last = good.steps.at(-1);
    assert.equal(last.refusal, "redirect-uri.unregistered");
    assert.equal(last.mend, refusals["redirect-uri.unregistered"].mend);
  });

  it("says so when there is nothing to tell", async () => {
    const { status, stdout } = await inProcess(folder, ["trace", "--client", "nobody"]);
    assert.deepEqual([status, stdout], [0, "There is no such handshake in the trace.\n"]);
  });

  it("follows new steps until it is told to stop, and ends with status 0", async () => {
    const trace = running(folder, ["trace", "--follow"]);
    await trace.untilErr(/Following/);
    const early = trace.stdout();
    await post(overHttp(issuer), "/token", {
      ...{ grant_type: "client_credentials", client_id: "job", client_secret: "vks_wrong" },
    });
    await trace.untilOut(/->/);
    const { status, stdout } = await trace.stop("SIGINT");
    assert.equal(early, "", "what was before is not told again");
    assert.equal(stdout.match(/ token +refused /g)?.length, 1);
    assert.ok(stdout.includes("job: "));
    assert.ok(stdout.includes(`-> ${refusals["client.wrong-secret"].mend}`));
    assert.equal(status, 0);
  });
});
