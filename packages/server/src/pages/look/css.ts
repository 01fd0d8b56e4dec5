export interface CssFault {
  /** From 1. */
  readonly line: number;
  /** Goes on where "line n" ends. */
  readonly reason: string;
}

/** The at-rules that only choose, name or move what is on the page. */
const atRules = [
  "media",
  "supports",
  "container",
  "layer",
  "keyframes",
  "-webkit-keyframes",
  "property",
  "scope",
];

/** Functions that may name something to load. `url` is judged by what it names. */
const loading =
  /(?:^|[^\w-])((?:-webkit-)?image-set|image|src|cross-fade|-webkit-cross-fade|element|paint|expression)\($/i;

const picture = /^data:image\/(?:png|gif|jpeg|webp|svg\+xml)[;,]/i;

/**
 * Why an operator's stylesheet is not appended to ours: everything that could reach out, or that only means one thing to
 * us and another to a browser. Beside it stands the policy of the pages, which loads nothing from elsewhere anyway.
 * CSS Syntax Module Level 3.
 */
export function cssFaults(css: string): CssFault[] {
  const faults: CssFault[] = [];
  const open: string[] = [];
  let at = 0;
  const fault = (reason: string) => faults.push({ line: css.slice(0, at).split("\n").length, reason });

  while (at < css.length && faults.length < 20) {
    const rest = css.slice(at);
    const [comment] = /^\/\*[\s\S]*?\*\//.exec(rest) ?? [];
    const [quoted] = /^"[^"\n\\]*"|^'[^'\n\\]*'/.exec(rest) ?? [];
    const [, unquoted] = /^url\(\s*([^"'\s)(\\]*)\s*\)/i.exec(rest) ?? [];
    const [, atRule] = /^@([\w-]+)/.exec(rest) ?? [];
    const sign = rest.charAt(0);
    if (comment !== undefined) at += comment.length;
    else if (rest.startsWith("/*")) {
      fault("begins a comment that does not end");
      break;
    } else if (quoted !== undefined) at += quoted.length;
    else if (sign === '"' || sign === "'") {
      fault("has a quote that is not closed on its line, or a backslash within quotes");
      break;
    } else if (sign === "\\") {
      // An escape could spell a name that is refused here: \75rl( is url(.
      fault("has a backslash: write the character itself");
      at += 2;
    } else if (/^url\(/i.test(rest)) {
      const named = unquoted ?? /^url\(\s*(?:"([^"]*)"|'([^']*)')\s*\)/i.exec(rest)?.slice(1).join("");
      if (named === undefined || !picture.test(named)) {
        fault("has a url() of something else than a data: picture; the pages load nothing from elsewhere");
      }
      at += named === undefined ? 4 : rest.indexOf(")") + 1;
    } else if (atRule !== undefined) {
      if (!atRules.includes(atRule.toLowerCase())) {
        fault(
          `has @${atRule.slice(0, 30)}; what may stand here is ${atRules.map((name) => `@${name}`).join(", ")}`,
        );
      }
      at += atRule.length + 1;
    } else {
      if (sign === "(") {
        const name = loading.exec(css.slice(Math.max(0, at - 40), at + 1))?.[1];
        if (name !== undefined) fault(`has ${name}(), which may load something`);
      }
      if ("{([".includes(sign)) open.push(sign);
      if ("})]".includes(sign) && open.pop() !== opening[sign]) {
        fault(`has a ${sign} that closes nothing`);
        break;
      }
      if (sign === "<") fault("has a <, which is markup and no style");
      at += 1;
    }
  }
  if (faults.length === 0 && open.length > 0) fault(`ends while a ${open.at(-1)} is open`);
  return faults;
}

const opening: Readonly<Record<string, string>> = { "}": "{", ")": "(", "]": "[" };
