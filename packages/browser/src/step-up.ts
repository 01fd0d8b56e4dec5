import { readChallenges } from "@valetkey/protocol/challenge";
import { readStepUp } from "@valetkey/protocol/step-up";
import { SignInError } from "./errors.ts";

/**
 * What an API's refusal asks of the client: the words of its challenges. RFC 6750 §3.1, RFC 9449 §9
 * @throws SignInError "step_up" where the person has to be asked. RFC 9470 §3
 */
export function refusalOf(response: Response): readonly (string | undefined)[] {
  const challenges = readChallenges(response.headers.get("www-authenticate") ?? "");
  for (const challenge of challenges) {
    const stepUp = readStepUp(challenge);
    if (stepUp) throw new SignInError("step_up", "The API asks for more.", { stepUp });
  }
  return challenges.map(({ attributes }) => attributes.get("error"));
}
