import { readFile } from "node:fs/promises";
import type { Reader } from "mmdb-lib";
import { noPlaces, type Place, type Places } from "../../ports/places.ts";

/** What is read of a record, whatever else the file's maker put in: the names that GeoLite2, DB-IP and IPinfo share. */
interface Row {
  readonly country?: { readonly iso_code?: unknown } | string;
  readonly country_code?: unknown;
  readonly city?: { readonly names?: unknown } | string;
}

/**
 * Places by a file in MaxMind's format, read once at the start.
 * @param file null where the operator has none
 * @throws Error when it cannot be read or is no such file
 */
export async function openPlaces(file: string | null): Promise<Places> {
  if (file === null) return noPlaces;
  const reader = await readerOf(await bytesOf(file), file);
  return {
    find(address) {
      const row = reader.get(address) as Row | null;
      return row === null ? undefined : placeOf(row);
    },
  };
}

async function bytesOf(file: string): Promise<Buffer> {
  return await readFile(file).catch((cause: NodeJS.ErrnoException) => {
    throw new Error(`places_file: ${file} cannot be read (${cause.code ?? "unknown error"}).`, { cause });
  });
}

/** Loaded where there is a file: a start without one reads no library of them. */
async function readerOf(bytes: Buffer, file: string): Promise<Reader<never>> {
  const library = await import("mmdb-lib");
  try {
    return new library.Reader<never>(bytes);
  } catch (thrown) {
    throw new Error(`places_file: ${file} is no file of places in MaxMind's format.`, { cause: thrown });
  }
}

function placeOf({ country, country_code, city }: Row): Place {
  const code = typeof country === "object" ? country.iso_code : (country_code ?? country);
  return {
    country: typeof code === "string" && /^[A-Z]{2}$/.test(code) ? code : null,
    city: typeof city === "string" ? { en: city } : namesOf(city?.names),
  };
}

/** Only what is text: the file is somebody else's. */
function namesOf(names: unknown): Readonly<Record<string, string>> {
  const all = typeof names === "object" && names !== null ? Object.entries(names) : [];
  return Object.fromEntries(all.filter((one): one is [string, string] => typeof one[1] === "string"));
}
