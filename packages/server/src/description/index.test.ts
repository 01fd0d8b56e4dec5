import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { refusals } from "@valetkey/protocol/refusals";
import { aServer } from "../testing/a-server.ts";
import { routeTable } from "../testing/route-table.ts";
import { spec } from "../testing/spec.ts";
import { descriptions } from "./index.ts";
import { openApiDocument } from "./openapi.ts";
import { entriesOf } from "./refusal-answers.ts";

const issuer = "https://auth.example.com";
const operations = Object.entries(descriptions).flatMap(([path, described]) =>
  Object.entries(described).map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
);

describe("the description of the endpoints", () => {
  spec("I5-CALLS", "has every route of the table, and no other", () => {
    const routed = routeTable(issuer).flatMap(({ path, methods }) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    assert.deepEqual(operations.map(({ name }) => name).toSorted(), routed.toSorted());
  });

  it("is refused where a route has none, and where it describes none", () => {
    const table = routeTable(issuer);
    const [first] = table;
    assert.ok(first);
    assert.throws(
      () => openApiDocument([...table, { ...first, path: "/new" }], "1"),
      /\/new has no description/,
    );
    assert.throws(() => openApiDocument(table.slice(1), "1"), /Nothing answers at \/authorize/);
  });

  it("holds every server of the tests to the refusals that it names", async () => {
    const server = await aServer({ issuer: `${issuer}/tenant` });
    const step = { at: 0, outcome: "refused", says: "", address: "", userAgent: "" } as const;
    server.audit.trace({ ...step, step: "token", refusal: "code.expired" });
    server.audit.trace({ ...step, step: "discovery", refusal: "server.failed" });
    for (const refusal of ["feed.wait", "upstream.down"] as const)
      assert.throws(() => server.audit.trace({ ...step, step: "token", refusal }), new RegExp(refusal));
    assert.throws(() => server.audit.trace({ ...step, step: "discovery", refusal: "code.expired" }));
    await server.close();
  });

  it("gives every operation a name of its own", () => {
    const names = operations.map(({ operation }) => operation.id);
    assert.deepEqual(names, [...new Set(names)]);
  });

  it("tells each refusal under every code that it goes out with, with its sentence", () => {
    const text = JSON.stringify(openApiDocument(routeTable(issuer), "1"));
    for (const { name, operation } of operations) {
      for (const [code, words] of [
        ...entriesOf(operation.refuses ?? {}),
        ...entriesOf(operation.redirects ?? {}),
      ])
        for (const word of words) {
          const line = JSON.stringify(`- \`${word}\`: ${refusals[word].says}`).slice(1, -1);
          assert.ok(text.includes(line), `${name}: ${code} ${word}`);
        }
    }
  });
});
