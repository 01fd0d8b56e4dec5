import assert from "node:assert/strict";

/** Somebody who follows the address to its end, as a browser does; answers what the last page says. */
export async function follows(address: URL): Promise<string> {
  const response = await fetch(address);
  return `${response.status} ${await response.text()}`;
}

/** The address to which the issuer sends the browser back, without going there. */
export async function wayBack(address: URL): Promise<URL> {
  const response = await fetch(address, { redirect: "manual" });
  const place = response.headers.get("location");
  assert.ok(place, `The issuer sent nobody anywhere: ${response.status}`);
  return new URL(place);
}
