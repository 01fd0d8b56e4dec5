import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cssFaults } from "./css.ts";

describe("an operator's stylesheet", () => {
  for (const [what, css] of [
    ["nothing", ""],
    [
      "rules and comments",
      "/* ours: url(x) @import */\n.card { border: 0 }\na::after { content: 'url(x)' }\n",
    ],
    [
      "variables",
      ":root { --brand: #0b6e4f; --radius: 0 }\n@media (width > 40rem) { .card { color: var(--text) } }",
    ],
    ["animations and layers", "@layer a;\n@keyframes x { from { opacity: 0 } to { opacity: 1 } }"],
    ["a data: picture", ".brand { background: url(data:image/png;base64,iVBORw0KGgo=) }"],
    ["a data: picture in quotes", `.brand { background: url( "data:image/svg+xml,%3Csvg xmlns='x'/%3E" ) }`],
    [
      "selectors with attributes and functions",
      'input[name="code"]:not(:focus, .a > b) { color: rgb(0 0 0 / 0.5) }',
    ],
  ] as const) {
    it(`may hold ${what}`, () => assert.deepEqual(cssFaults(css), []));
  }

  for (const [what, css, line, reason] of [
    ["an import", '@import "https://evil.example/a.css";', 1, /@import/],
    ["an import in capitals", "\n@IMPORT url(a.css);", 2, /@IMPORT/],
    ["a font", "@font-face { font-family: a; src: url(a.woff) }", 1, /@font-face/],
    ["a charset", '@charset "utf-16";', 1, /@charset/],
    ["a namespace", "@namespace x url(http://x);", 1, /@namespace/],
    ["an address", "a { background: url(https://evil.example/?a) }", 1, /url\(\)/],
    ["an address in quotes", "a { background: url('//evil.example') }", 1, /url\(\)/],
    ["an address of this server", "a { background: url(/logo) }", 1, /url\(\)/],
    ["an address in capitals", "a { background: URL(https://evil.example) }", 1, /url\(\)/],
    ["an address across lines", "a {\n background:\n url(\n'https://evil.example'\n) }", 3, /url\(\)/],
    ["data: that is no picture", "a { background: url(data:text/html,x) }", 1, /url\(\)/],
    ["a picture set", 'a { background: image-set("https://evil.example" 1x) }', 1, /image-set\(\)/],
    ["an old picture set", 'a { background: -webkit-image-set("x" 1x) }', 1, /-webkit-image-set\(\)/],
    ["src()", 'a { background: src("https://evil.example") }', 1, /src\(\)/],
    ["an escaped url", "a { background: \\75rl(https://evil.example) }", 1, /backslash/],
    ["an escaped import", '@\\69mport "x";', 1, /backslash/],
    ["an escape in quotes", 'a { content: "\\22 } b { }" }', 1, /backslash/],
    ["an expression", "a { width: expression(alert(1)) }", 1, /expression\(\)/],
    ["a comment without an end", "a { }\n/* x", 2, /comment/],
    ["a quote without an end", "a { content: 'x\n }", 1, /quote/],
    ["a brace too many", "a { } }", 1, /closes nothing/],
    ["a brace too few", "a { b { }", 1, /ends while/],
    ["brackets crossed", "a[b(c]) { }", 1, /closes nothing/],
    ["markup", "</style><script>", 1, /markup/],
    ["a comment's end that hides a rule", "a { b: c/**/url(https://evil.example) }", 1, /url\(\)/],
  ] as const) {
    it(`[I6-LOOK-CSS] is refused for ${what}, with its line`, () => {
      const [first] = cssFaults(css);
      assert.match(first?.reason ?? "", reason);
      assert.equal(first?.line, line);
    });
  }

  it("is judged within a moment, however long and odd", () => {
    const start = performance.now();
    for (const css of ["(".repeat(100_000), "/".repeat(100_000), "url(".repeat(25_000), "@".repeat(100_000)])
      cssFaults(css);
    assert.ok(performance.now() - start < 5_000);
  });
});
