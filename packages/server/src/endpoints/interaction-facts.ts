import { redirectHost } from "@valetkey/protocol/redirect-uri";
import type { Authorization, SignedIn } from "../interaction/authorization.ts";
import type { Frame } from "../pages/layout.ts";
import type { Words } from "../pages/words/words.ts";
import type { Instant } from "../records/instant.ts";
import { firstWay } from "../sign-in/first-way.ts";
import type { SignInState } from "../sign-in/state.ts";
import type { Visit } from "./ceremony.ts";
import { consentFacts } from "./consent-facts.ts";
import type { Context } from "./context.ts";
import { faultText } from "./sign-in-page.ts";

/** The JSON of a sign-in under way. */
export function signInShown(visit: Visit, state: SignInState, words: Words) {
  const { purpose } = visit;
  const first = firstWay(state, visit.wants);
  const client =
    purpose.kind === "client"
      ? {
          client: {
            id: purpose.pending.client.id,
            name: purpose.pending.client.name,
            host: redirectHost(purpose.pending.redirectUri),
          },
        }
      : { page: purpose.destination.to };
  return {
    step: state.place === "begin" ? "sign-in" : state.place,
    actions: state.actions,
    ...client,
    ...(first !== undefined && { begin_with: first }),
    ...(state.email !== undefined && { email: state.email }),
    ...(state.upstreams.length > 0 && {
      upstreams: state.upstreams.map(({ id, name, kind }) => ({ id, name, kind })),
    }),
    ...(state.fault && {
      fault: state.fault.word,
      message: faultText(words, state.fault.word, state.fault.upstream?.name),
    }),
    ...factorsShown(state),
  };
}

/** What the browser or the person is given, each for the action that takes it. */
function factorsShown({ factors }: SignInState) {
  const { passkeyRequest, passkeyCreation, oneTimePassword, recoveryCodes } = factors;
  return {
    ...(passkeyRequest && { passkey_request: passkeyRequest }),
    ...(passkeyCreation && { passkey_creation: passkeyCreation }),
    ...(oneTimePassword && { one_time_password: oneTimePassword }),
    ...(recoveryCodes && { recovery_codes: recoveryCodes }),
  };
}

/** The JSON of a decision that waits: the same facts as on our own page. */
export async function consentShown(
  { store, settings }: Context,
  judged: Authorization,
  person: SignedIn,
  frame: Frame,
  now: Instant,
) {
  const resources = await store.resources.list();
  const facts = consentFacts(judged, person, { resources, settings, frame, now });
  return {
    step: "consent",
    actions: ["consent"],
    client: {
      id: judged.client.id,
      name: facts.client.name,
      host: facts.client.host,
      identity: facts.client.identity,
      is_proven: facts.client.isProven,
      loopback_only: facts.client.loopbackOnly,
      is_new: facts.client.isNew ?? false,
      first_seen_at: judged.client.createdAt,
      ...(facts.client.homepage !== undefined && { homepage: facts.client.homepage }),
    },
    redirect_host: facts.redirectHost,
    account: facts.account,
    resources: facts.resources,
    scopes: facts.scopes.map(({ name, sentence, risk, at, optional, checked, alreadyGranted }) => ({
      name,
      sentence,
      risk,
      ...(at.identifier !== undefined && { resource: at.identifier }),
      optional,
      checked,
      already_granted: alreadyGranted ?? false,
    })),
    length: facts.length,
    remembered: facts.remembered,
  };
}
