import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { freePort } from "../packages/server/src/testing/free-port.ts";
import { type ADemonstration, aDemonstration } from "./a-demonstration.ts";
import { bearerProxy } from "./bearer-proxy.ts";
import { openEverythingServer } from "./everything-server/open.ts";
import { type Check, referee, version } from "./referee.ts";

/** How many scenarios the referee has for a server of each revision of MCP. */
const scenarioCounts = { "2025-11-25": 33, "2026-07-28": 50 } as const;

/** By revision, and by the reason why: `scenario/check` of what is expected not to succeed. */
type ExpectedFailures = Readonly<
  Record<keyof typeof scenarioCounts, Readonly<Record<string, readonly string[]>>>
>;

const expectedFailures = JSON.parse(
  readFileSync(new URL("expected-failures.json", import.meta.url), "utf8"),
) as ExpectedFailures;
const isBad = ({ status }: Check) => status !== "SUCCESS" && status !== "INFO";

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
    it(`[I2-CONFORMANCE] has no complaint about the authorization server, asked ${how}`, async () => {
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

  for (const scenario of [
    "server-initialize",
    "tools-list",
    "dns-rebinding-protection",
    "http-header-validation",
  ]) {
    it(`[I2-CONFORMANCE] finds nothing wrong with the demonstration's MCP server in ${scenario}`, async () => {
      const proxy = await bearerProxy(demo.mcpUrl, await demo.token("notes:read notes:write"));
      try {
        const checks = (await referee(["server", "--url", proxy.url, "--scenario", scenario])).get(scenario);
        assert.deepEqual(checks?.filter(isBad), []);
        assert.ok(checks.some(({ status }) => status === "SUCCESS"));
      } finally {
        proxy.close();
      }
    });
  }

  for (const revision of ["2025-11-25", "2026-07-28"] as const) {
    it(`[I2-CONFORMANCE] finds MCP ${revision} whole behind the guard, but for what is listed`, async () => {
      const everything = await openEverythingServer(demo);
      const proxy = await bearerProxy(everything.url, await demo.token(everything.scope, everything.url));
      try {
        const args = ["--url", proxy.url, "--requirements", revision];
        const scenarios = await referee(["server", ...args]);
        assert.equal(scenarios.size, scenarioCounts[revision]);
        const checks = [...scenarios].flatMap(([scenario, checks]) =>
          checks.map((check) => ({ ...check, name: `${scenario}/${check.id}` })),
        );
        const expected = Object.values(expectedFailures[revision]).flat();
        assert.deepEqual(
          checks.filter((check) => isBad(check) && !expected.includes(check.name)),
          [],
          "failed and not listed",
        );
        const silent = [...scenarios.keys()].filter(
          (scenario) =>
            !scenarios.get(scenario)?.some(({ status }) => status === "SUCCESS") &&
            !expected.some((name) => name.startsWith(`${scenario}/`)),
        );
        assert.deepEqual(silent, [], "looked at nothing");
        const stale = expected.filter((name) => !checks.some((check) => check.name === name && isBad(check)));
        assert.deepEqual(stale, [], "listed, and passed or did not run");
      } finally {
        proxy.close();
        await everything.close();
      }
    });
  }
});
