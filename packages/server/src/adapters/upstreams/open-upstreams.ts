import { noUpstreams, type Upstreams } from "../../ports/upstreams.ts";
import type { UpstreamPlan } from "./plan.ts";
import type { UpstreamsOptions } from "./upstreams.ts";

/**
 * The upstreams of a server. One without any does not load the library.
 * @throws Error with a sentence for the operator when a key or secret cannot be read
 */
export async function upstreamsOf(
  plans: readonly UpstreamPlan[],
  options: UpstreamsOptions,
): Promise<Upstreams> {
  if (plans.length === 0) return noUpstreams;
  const { openUpstreams } = await import("./upstreams.ts");
  return await openUpstreams(plans, options);
}
