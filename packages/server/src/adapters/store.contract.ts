import { describe } from "node:test";
import { codesContract } from "./contract/codes.ts";
import { collectContract } from "./contract/collect.ts";
import { grantsContract } from "./contract/grants.ts";
import { journalContract } from "./contract/journal.ts";
import { lineagesContract } from "./contract/lineages.ts";
import { partiesContract } from "./contract/parties.ts";
import { peopleContract } from "./contract/people.ts";
import { inOnePlace, type NewPlace } from "./contract/place.ts";
import { placesContract } from "./contract/places.ts";
import { tokensContract } from "./contract/tokens.ts";
import { valuesContract } from "./contract/values.ts";

/** The law for every store: a database that fails any of it does not ship. */
export function storeContract(name: string, newPlace: NewPlace): void {
  describe(`store contract: ${name}`, () => {
    const at = inOnePlace(newPlace);
    peopleContract(at);
    partiesContract(at);
    grantsContract(at);
    codesContract(at);
    lineagesContract(at);
    tokensContract(at);
    journalContract(newPlace);
    collectContract(newPlace);
    valuesContract(at);
    placesContract(newPlace);
  });
}
