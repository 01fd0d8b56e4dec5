import { isRefreshable } from "../grants/new-lineage.ts";
import type { Authorization } from "../interaction/authorization.ts";
import { untilChoices } from "../interaction/until.ts";
import type { AccessLength } from "../pages/access-length.ts";
import type { Frame } from "../pages/layout.ts";
import { lengthOfTime, tell } from "../pages/words/say.ts";
import type { Settings } from "../ports/settings.ts";
import type { Instant, Seconds } from "../records/instant.ts";
import type { Resource } from "../records/resource.ts";
import { scopesOf } from "../tokens/entitlement.ts";
import { dateWords } from "./date-words.ts";

/** What a page of consent tells beside the request and the person. */
export interface Around {
  readonly resources: readonly Resource[];
  readonly settings: Settings;
  readonly frame: Frame;
  readonly now: Instant;
}

type Asked = Pick<Authorization, "client" | "permitted">;

/**
 * How long an app would be let in, and what the person can choose instead. Who must ask again within minutes anyway and is
 * not remembered gives nothing to choose.
 */
export function lengthFacts(
  { client, permitted }: Asked,
  isRemembered: boolean,
  { resources, settings, frame, now }: Around,
): AccessLength {
  const { words, lang } = frame;
  const { consent: texts } = words;
  const lasts = isRefreshable(client, scopesOf(permitted));
  const choices = permitted.length > 0 && (lasts || isRemembered) ? untilChoices(settings, now) : [];
  const { lifetimes } = settings;
  const idle = lengthOfTime(Math.min(lifetimes.refreshIdle, lifetimes.refreshAbsolute), lang);
  const longest = lengthOfTime(lifetimes.refreshAbsolute, lang);
  const time = lengthOfTime(tokenLifetime(), lang);
  return {
    choices: choices.map(({ until, endsAt }) => ({
      value: until,
      label:
        endsAt === undefined
          ? texts.untilEnded
          : tell(texts.forTime, { time: lengthOfTime(endsAt - now, lang), date: dateWords(endsAt, frame) }),
    })),
    says: lasts ? tell(texts.stays, { idle, longest }) : tell(texts.staysShortly, { time }),
  };

  /** Of the access token that lives longest among those that it could have. */
  function tokenLifetime(): Seconds {
    const asked = resources.filter(({ identifier }) => permitted.some((one) => one.resource === identifier));
    return Math.max(
      lifetimes.accessToken,
      ...asked.map(({ accessTokenLifetime }) => accessTokenLifetime ?? 0),
    );
  }
}
