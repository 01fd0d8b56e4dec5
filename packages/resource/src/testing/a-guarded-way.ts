import type { OAuthError } from "@valetkey/protocol/errors";
import { createGuard } from "../guard.ts";
import type { GuardOptions } from "../options.ts";
import { anIssuer, type TestIssuer } from "./an-issuer.ts";
import type { Open, Received, WayIn } from "./ways-in.ts";

/** A resource at an issuer of its own, reached by one way in. */
export interface GuardedWay {
  readonly issuer: TestIssuer;
  readonly way: WayIn;
  /** What the guard told its operator of the request that was asked last. */
  readonly refusals: readonly OAuthError[];
  readonly ask: WayIn["ask"];
  bearer(token: string): Promise<Received>;
  close(): Promise<void>;
}

export async function aGuardedWay(
  open: Open,
  options: Partial<GuardOptions> = {},
  given?: TestIssuer,
): Promise<GuardedWay> {
  const issuer = given ?? (await anIssuer());
  const refusals: OAuthError[] = [];
  const way = await open(
    createGuard({
      issuer: issuer.issuer,
      resource: issuer.resource,
      onRefusal: (error) => refusals.push(error),
      ...options,
    }),
  );
  const ask: WayIn["ask"] = (pairs, sent) => {
    refusals.length = 0;
    return way.ask(pairs, sent);
  };
  return {
    issuer,
    way,
    refusals,
    ask,
    bearer: (token) => ask(["Authorization", `Bearer ${token}`]),
    async close() {
      await way.close();
      await issuer.close();
    },
  };
}
