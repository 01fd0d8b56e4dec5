import type { SettingStore } from "../../ports/store.ts";
import { issuerOf } from "./dialect.ts";
import type { UpstreamPlan } from "./plan.ts";

/**
 * An account is connected with a name at an upstream, and that upstream is known here by its name in the settings. Behind
 * one name there must therefore never be another provider, where the same `sub` is somebody else. OpenID Connect Core §5.7
 * @throws Error with a sentence for the operator
 */
export async function requireSameProviders(
  plans: readonly UpstreamPlan[],
  settings: SettingStore,
): Promise<void> {
  for (const plan of plans) {
    const now = providerOf(plan);
    const before = await settings.claim(`upstream ${plan.id}`, now);
    if (before === now) continue;
    throw new Error(
      `The upstream ${plan.id} was ${before} when people connected with it, and is ${now} now. Give the new one another name, so that nobody there is taken for somebody else's account here.`,
    );
  }
}

/** Which namespace of people it is: Microsoft's is one for all tenants, see `dialect.ts`. */
function providerOf(plan: UpstreamPlan): string {
  if (plan.kind === "microsoft") return "microsoft";
  if (plan.kind === "github") return `github ${plan.issuer ?? "https://github.com"}`;
  return `${plan.kind} ${issuerOf(plan)}`;
}
