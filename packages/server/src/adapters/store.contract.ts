import { describe } from "node:test";
import { accountsContract } from "./contract/accounts.contract.ts";
import { codesContract } from "./contract/codes.contract.ts";
import { collectContract } from "./contract/collect.contract.ts";
import { deviceCodesContract } from "./contract/device-codes.contract.ts";
import { endingsContract } from "./contract/endings.contract.ts";
import { factorsContract } from "./contract/factors.contract.ts";
import { grantsContract } from "./contract/grants.contract.ts";
import { interactionsContract } from "./contract/interactions.contract.ts";
import { journalContract } from "./contract/journal.contract.ts";
import { lineagesContract } from "./contract/lineages.contract.ts";
import { mailedProofsContract } from "./contract/mailed-proofs.contract.ts";
import { partiesContract } from "./contract/parties.contract.ts";
import { peopleContract } from "./contract/people.contract.ts";
import { inOnePlace, type NewPlace } from "./contract/place.ts";
import { placesContract } from "./contract/places.contract.ts";
import { proofsContract } from "./contract/proofs.contract.ts";
import { sessionsContract } from "./contract/sessions.contract.ts";
import { tokensContract } from "./contract/tokens.contract.ts";
import { valuesContract } from "./contract/values.contract.ts";
import { waysInContract } from "./contract/ways-in.contract.ts";

/** The law for every store: a database that fails any of it does not ship. */
export function storeContract(name: string, newPlace: NewPlace): void {
  describe(`store contract: ${name}`, () => {
    const at = inOnePlace(newPlace);
    peopleContract(at);
    accountsContract(at);
    sessionsContract(at);
    interactionsContract(at);
    factorsContract(at);
    waysInContract(at);
    mailedProofsContract(at);
    partiesContract(at);
    grantsContract(at);
    codesContract(at);
    deviceCodesContract(at);
    lineagesContract(at);
    tokensContract(at);
    endingsContract(at, newPlace);
    proofsContract(at, newPlace);
    journalContract(newPlace);
    collectContract(newPlace);
    valuesContract(at);
    placesContract(newPlace);
  });
}
