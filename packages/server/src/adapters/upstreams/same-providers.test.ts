import assert from "node:assert/strict";
import { it } from "node:test";
import { sqliteStore } from "../sqlite/store.ts";
import type { UpstreamPlan } from "./plan.ts";
import { requireSameProviders } from "./same-providers.ts";
import { aPlan } from "./testing/an-upstream.ts";

const cases: readonly {
  given: string;
  before: Partial<UpstreamPlan>;
  now: Partial<UpstreamPlan>;
  isSame: boolean;
}[] = [
  {
    given: "the same issuer with another client and name",
    before: {},
    now: { clientId: "b", name: "New" },
    isSame: true,
  },
  { given: "another issuer", before: {}, now: { issuer: "https://id.example.org" }, isSame: false },
  { given: "another kind", before: {}, now: { kind: "google", issuer: null }, isSame: false },
  {
    given: "another tenant of Microsoft",
    before: { kind: "microsoft", issuer: null },
    now: { kind: "microsoft", issuer: null, tenant: "organizations" },
    isSame: true,
  },
  {
    given: "an Enterprise Server in the place of GitHub",
    before: { kind: "github", issuer: null },
    now: { kind: "github", issuer: "https://git.example.com" },
    isSame: false,
  },
  { given: "another name", before: {}, now: { id: "other", issuer: "https://id.example.org" }, isSame: true },
];

for (const { given, before, now, isSame } of cases) {
  it(`[OIDC-RP-SUBJECT] starts${isSame ? "" : " not"} with ${given} behind an upstream's name`, async () => {
    const store = await sqliteStore(":memory:");
    try {
      await requireSameProviders([aPlan(before)], store.settings);
      const again = requireSameProviders([aPlan(now)], store.settings);
      if (isSame) await again;
      else
        await assert.rejects(
          again,
          /^Error: The upstream work was .* when people connected with it, and is /,
        );
    } finally {
      await store.close();
    }
  });
}
