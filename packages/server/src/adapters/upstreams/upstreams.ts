import type { Clock } from "../../ports/clock.ts";
import { type Upstream, UpstreamRefused, type Upstreams } from "../../ports/upstreams.ts";
import type { Seconds } from "../../records/instant.ts";
import { boundedFetch } from "./bounded-fetch.ts";
import { clientAuthOf } from "./client-key.ts";
import { refusalOf } from "./faults.ts";
import { gitHub } from "./github.ts";
import { openIdProvider } from "./openid.ts";
import type { UpstreamPlan } from "./plan.ts";
import type { Provider } from "./provider.ts";

export interface UpstreamsOptions {
  readonly clock: Clock;
  /** http, to loopback only: for a development server that is on loopback itself. */
  readonly allowLoopback?: boolean;
  /** For one request to an upstream; 5 seconds. */
  readonly deadline?: Seconds;
  /** Octets of one answer; 256 KiB. */
  readonly maxBytes?: number;
  readonly fetch?: typeof fetch;
}

/**
 * The port on `openid-client`.
 * @throws Error with a sentence for the operator when a key cannot be read
 */
export async function openUpstreams(
  plans: readonly UpstreamPlan[],
  options: UpstreamsOptions,
): Promise<Upstreams> {
  const { clock, allowLoopback = false, deadline = 5, maxBytes = 256 * 1024 } = options;
  const fetch = boundedFetch({ allowLoopback, deadline, maxBytes, fetch: options.fetch ?? globalThis.fetch });
  const providers = new Map<string, Provider>();
  for (const plan of plans.filter(({ isEnabled }) => isEnabled)) {
    const source = { plan, auth: await clientAuthOf(plan), fetch, allowLoopback, clock };
    const { kind } = plan;
    providers.set(plan.id, kind === "github" ? gitHub(source) : openIdProvider({ ...plan, kind }, source));
  }
  const provider = (id: string) => {
    const found = providers.get(id);
    if (!found) throw new UpstreamRefused("disabled", "It is not among the upstreams, or switched off.");
    return found;
  };
  return {
    list: plans.map(shown),
    depart: (id, kept, wants) => refusing(() => provider(id).depart(kept, wants)),
    arrive: (id, answer, kept) => refusing(() => provider(id).arrive(answer, kept)),
  };
}

function shown({ id, name, kind, isEnabled, signsUp, linksByEmail, trustsMfa }: UpstreamPlan): Upstream {
  return { id, name, kind, isEnabled, signsUp, linksByEmail, trustsMfa };
}

async function refusing<Done>(ask: () => Promise<Done>): Promise<Done> {
  try {
    return await ask();
  } catch (thrown) {
    throw refusalOf(thrown);
  }
}
