import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { de } from "../pages/words/de.ts";
import { en } from "../pages/words/en.ts";
import type { Place } from "../ports/places.ts";
import { placeWords } from "./place-words.ts";

const cologne: Place = { country: "DE", city: { en: "Cologne", de: "Köln" } };

describe("a place in words", () => {
  for (const { address, place, says, inGerman } of [
    { address: "127.0.0.1", place: cologne, says: "This computer", inGerman: "Dieser Computer" },
    { address: "::1", place: cologne, says: "This computer" },
    { address: "::ffff:127.0.0.1", place: cologne, says: "This computer" },
    { address: "10.1.2.3", place: cologne, says: "A private network", inGerman: "Ein privates Netz" },
    { address: "172.31.255.255", place: cologne, says: "A private network" },
    { address: "172.32.0.1", says: "172.32.0.1" },
    { address: "192.168.1.1", says: "A private network" },
    { address: "100.64.0.1", says: "A private network" },
    { address: "169.254.0.1", says: "A private network" },
    { address: "fd12::1", says: "A private network" },
    { address: "fe80::1", says: "A private network" },
    { address: "203.0.113.9", place: cologne, says: "Cologne, Germany", inGerman: "Köln, Deutschland" },
    { address: "2001:db8::1", place: cologne, says: "Cologne, Germany" },
    { address: "203.0.113.9", place: { country: "DE", city: {} }, says: "Germany", inGerman: "Deutschland" },
    { address: "203.0.113.9", place: { country: "XQ", city: { en: "Nowhere" } }, says: "Nowhere" },
    { address: "203.0.113.9", place: { country: "<b>", city: {} }, says: "203.0.113.9" },
    { address: "203.0.113.9", says: "203.0.113.9" },
    { address: "", says: "An unknown place" },
    { address: "not an address", says: "not an address" },
  ] as readonly { address: string; place?: Place; says: string; inGerman?: string }[]) {
    it(`is ${JSON.stringify(says)} for ${JSON.stringify(address)} where ${JSON.stringify(place)} is known`, () => {
      const places = { find: () => place };
      assert.equal(placeWords(places, address, { words: en, lang: "en" }), says);
      if (inGerman !== undefined)
        assert.equal(placeWords(places, address, { words: de, lang: "de" }), inGerman);
    });
  }
});
