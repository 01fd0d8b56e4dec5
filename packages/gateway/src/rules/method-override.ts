/** Names by which frameworks let a query, a form or a JSON body change the method; spelled as the loosest of them read it. */
const overriding: ReadonlySet<string> = new Set([
  "_method",
  "__method",
  "_http_method",
  "x_http_method",
  "x_method_override",
  "x_http_method_override",
]);

export function overridesMethod(loose: string): boolean {
  return overriding.has(loose);
}

/** A parameter's name without percent signs (three rounds), case, brackets and the blanks around it. */
export function looseName(raw: string): string {
  let name = raw;
  for (let round = 0; round < 3 && name.includes("%"); round++) {
    name = name.replace(/%[0-9a-f]{2}/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
  }
  const loose = name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[+\s]+$|^[+\s]+/g, "");
  return loose.replace(/\[.*$/, "").replace(/[\s.+-]/g, "_");
}
