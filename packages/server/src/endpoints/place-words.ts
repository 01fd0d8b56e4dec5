import { BlockList, isIP } from "node:net";
import type { Frame } from "../pages/layout.ts";
import { byLanguage } from "../pages/words/by-language.ts";
import { tell } from "../pages/words/say.ts";
import type { Places } from "../ports/places.ts";

/** RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291 §2.5.6 */
const privateNetworks = new BlockList();
for (const [network, prefix] of [
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["100.64.0.0", 10],
  ["169.254.0.0", 16],
] as const)
  privateNetworks.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of [
  ["fc00::", 7],
  ["fe80::", 10],
] as const)
  privateNetworks.addSubnet(network, prefix, "ipv6");

const thisComputer = new BlockList();
thisComputer.addSubnet("127.0.0.0", 8, "ipv4");
thisComputer.addAddress("::1", "ipv6");

/** Where an address is, for a person: a network of their own, a city and its country, or the address itself. */
export function placeWords(
  places: Places,
  address: string,
  { words, lang }: Pick<Frame, "words" | "lang">,
): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  const family = isIP(plain);
  if (family === 0) return address === "" ? words.places.unknown : address;
  const kind = family === 4 ? "ipv4" : "ipv6";
  if (thisComputer.check(plain, kind)) return words.places.thisComputer;
  if (privateNetworks.check(plain, kind)) return words.places.privateNetwork;
  const place = places.find(plain);
  const country = place?.country && countryName(place.country, lang);
  const city = place && (place.city[lang] ?? place.city.en);
  if (country && city) return tell(words.places.city, { city, country });
  return country || city || plain;
}

function countryName(code: string, lang: string): string | undefined {
  if (!/^[A-Z]{2}$/.test(code)) return undefined;
  return countriesIn(lang).of(code);
}

const countriesIn = byLanguage((lang) => new Intl.DisplayNames(lang, { type: "region", fallback: "none" }));
