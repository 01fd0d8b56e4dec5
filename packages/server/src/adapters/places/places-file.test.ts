import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { openPlaces } from "./places-file.ts";

type Value = string | number | readonly string[] | { readonly [key: string]: Value };

/** MaxMind DB file format 2.0: one node, of which the right half, from 128.0.0.0 on, leads to `row`. */
function aFile(row: Value): Buffer {
  const nodes = 1;
  const node = Buffer.alloc(6);
  node.writeUIntBE(nodes, 0, 3);
  node.writeUIntBE(nodes + 16, 3, 3);
  const metadata = encoded({
    node_count: nodes,
    record_size: 24,
    ip_version: 4,
    database_type: "Test",
    languages: ["en"],
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1,
    description: { en: "Test" },
  });
  const marker = Buffer.from("\xab\xcd\xefMaxMind.com", "latin1");
  return Buffer.concat([node, Buffer.alloc(16), encoded(row), marker, metadata]);
}

function encoded(value: Value): Buffer {
  if (typeof value === "string")
    return Buffer.concat([head(2, Buffer.byteLength(value)), Buffer.from(value)]);
  if (typeof value === "number") {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return Buffer.concat([head(6, 4), bytes]);
  }
  if (Array.isArray(value)) return Buffer.concat([Buffer.of(value.length, 4), ...value.map(encoded)]);
  const entries = Object.entries(value as Readonly<Record<string, Value>>);
  return Buffer.concat([
    head(7, entries.length),
    ...entries.flatMap(([key, of]) => [encoded(key), encoded(of)]),
  ]);
}

function head(type: number, size: number): Buffer {
  return size < 29 ? Buffer.of((type << 5) | size) : Buffer.of((type << 5) | 29, size - 29);
}

async function onDisk(t: TestContext, bytes: Buffer): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "valetkey-places-"));
  t.after(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "places.mmdb"), bytes);
  return join(folder, "places.mmdb");
}

describe("a file of places", () => {
  for (const { given, row, expected } of [
    {
      given: "a city in many languages, as GeoLite2 has it",
      row: { country: { iso_code: "DE" }, city: { names: { en: "Cologne", de: "Köln" } } },
      expected: { country: "DE", city: { en: "Cologne", de: "Köln" } },
    },
    { given: "a country alone", row: { country: { iso_code: "FR" } }, expected: { country: "FR", city: {} } },
    {
      given: "plain words, as others have it",
      row: { country_code: "JP", country: "Japan", city: "Kyoto" },
      expected: { country: "JP", city: { en: "Kyoto" } },
    },
    {
      given: "what is no place",
      row: { country: { iso_code: 7 }, city: { names: { en: 8, de: "Köln" } } },
      expected: { country: null, city: { de: "Köln" } },
    },
    { given: "no country's letters", row: { country: "<b>" }, expected: { country: null, city: {} } },
  ] as const) {
    it(`tells where an address is by ${given}`, async (t) => {
      const places = await openPlaces(await onDisk(t, aFile(row as Value)));
      assert.deepEqual(places.find("203.0.113.9"), expected);
    });
  }

  it("tells nothing of what it does not have, of another family's address, and of what is none", async (t) => {
    const places = await openPlaces(await onDisk(t, aFile({ country: { iso_code: "DE" } })));
    for (const address of ["10.0.0.1", "2001:db8::1", "", "x"]) assert.equal(places.find(address), undefined);
  });

  it("is refused with its name when it is something else", async (t) => {
    const file = await onDisk(t, Buffer.from("not a file of places"));
    await assert.rejects(openPlaces(file), /places_file: .*places\.mmdb/);
    await assert.rejects(
      openPlaces(`${file}.gone`),
      /^Error: places_file: .*\.gone cannot be read \(ENOENT\)\.$/,
    );
  });

  it("is none where the operator has none", async () => {
    assert.equal((await openPlaces(null)).find("203.0.113.9"), undefined);
  });
});
