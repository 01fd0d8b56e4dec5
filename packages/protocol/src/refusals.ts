import { authorizationRefusals } from "./refusals/authorization.ts";
import { clientRefusals } from "./refusals/client.ts";
import { deviceRefusals } from "./refusals/device.ts";
import { dpopRefusals } from "./refusals/dpop.ts";
import { feedRefusals } from "./refusals/feed.ts";
import { grantRefusals } from "./refusals/grant.ts";
import { requestRefusals } from "./refusals/request.ts";
import { tokenRefusals } from "./refusals/token.ts";
import { upstreamRefusals } from "./refusals/upstream.ts";

export type { RefusalText } from "./refusals/text.ts";

/**
 * Every reason for a refusal, once. The word is `<subject>.<fault>`; the trace prints both sentences;
 * docs/refusals.md is generated from this table. A new refusal is a new word in the file of its subject.
 */
export const refusals = {
  ...requestRefusals,
  ...clientRefusals,
  ...authorizationRefusals,
  ...grantRefusals,
  ...tokenRefusals,
  ...upstreamRefusals,
  ...deviceRefusals,
  ...dpopRefusals,
  ...feedRefusals,
};

export type Refusal = keyof typeof refusals;
