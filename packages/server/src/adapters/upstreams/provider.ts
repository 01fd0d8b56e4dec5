import type { Arrival, Departure, Wants } from "../../ports/upstreams.ts";

/** One upstream, spoken to in its own dialect. Throws `UpstreamRefused` and nothing else for what happens far away. */
export interface Provider {
  depart(kept: Departure, wants: Wants): Promise<string>;
  arrive(answer: URLSearchParams, kept: Departure): Promise<Arrival>;
}
