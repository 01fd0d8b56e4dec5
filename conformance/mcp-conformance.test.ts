import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { after, before, describe, it } from "node:test";
import { type ADemonstration, aDemonstration } from "./a-demonstration.ts";
import { bearerProxy } from "./bearer-proxy.ts";
import { type Check, referee, version } from "./referee.ts";

/** By revision of MCP, and by the reason why: the scenarios that are expected to fail. */
type ExpectedFailures = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

const expectedFailures = JSON.parse(
  readFileSync(new URL("expected-failures.json", import.meta.url), "utf8"),
) as ExpectedFailures;
const isBad = ({ status }: Check) => status === "FAILURE" || status === "WARNING";

describe(`@modelcontextprotocol/conformance ${version}`, () => {
  let demo: ADemonstration;
  before(async () => {
    demo = await aDemonstration();
  });
  after(() => demo.close());

  for (const [how, resource] of [
    ["without a resource", false],
    ["with a resource", true],
  ] as const) {
    it(`[P-5] has no complaint about the authorization server, asked ${how}`, async () => {
      const port = await freePort();
      const args = ["--url", demo.issuer, "--client-id", await demo.registered(), "--port", String(port)];
      let visit: Promise<Response> | undefined;
      const scenarios = await referee(
        ["authorization", ...args, ...(resource ? ["--resource", demo.mcpUrl] : [])],
        (line) => {
          if (line.startsWith(`${demo.issuer}/authorize?`))
            visit = demo.approve(line).then((url) => fetch(url));
        },
      );
      assert.equal((await visit)?.status, 200, "the browser came back to the referee");
      assert.deepEqual([...scenarios.keys()].sort(), [
        "authorization-code-grant",
        "authorization-server-metadata-endpoint",
      ]);
      const checks = [...scenarios.values()].flat();
      assert.ok(checks.length >= 3);
      assert.deepEqual(
        checks.filter(({ status }) => status !== "SUCCESS"),
        [],
      );
    });
  }

  for (const [revision, reasons] of Object.entries(expectedFailures)) {
    const expected = Object.values(reasons).flat();
    it(`[P-5] finds nothing wrong with the guarded example by MCP ${revision} but what is listed`, async () => {
      const proxy = await bearerProxy(demo.mcpUrl, await demo.token("notes:read notes:write"));
      try {
        const args = ["--url", proxy.url, "--requirements", revision, "--timeout", "60000"];
        const scenarios = await referee(["server", ...args]);
        assert.ok(scenarios.size > 30, `${scenarios.size} scenarios ran`);
        const failed = [...scenarios].filter(([, checks]) => checks.some(isBad)).map(([name]) => name);
        const told = (name: string) =>
          `${name}: ${scenarios.get(name)?.find(isBad)?.errorMessage ?? "no error"}`;
        assert.deepEqual(
          failed.filter((name) => !expected.includes(name)).map(told),
          [],
          "failed and not listed",
        );
        const stale = expected.filter((name) => !failed.includes(name));
        assert.deepEqual(stale, [], "listed, and passed or did not run");
      } finally {
        proxy.close();
      }
    });
  }
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  assert.ok(address && typeof address === "object");
  server.close();
  await once(server, "close");
  return address.port;
}
