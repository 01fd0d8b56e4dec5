/**
 * Whether two texts are equal, in a time that depends on the length of `given` only, so that the answer's delay does
 * not tell how much of a secret was guessed. RFC 9700 asks for no timing oracle at any secret; `expected` is ours.
 */
export function sameText(expected: string, given: string): boolean {
  let difference = expected.length ^ given.length;
  for (let at = 0; at < given.length; at++) {
    // Past the end of `expected` charCodeAt is NaN, which the bitwise operator reads as 0; the lengths differ already.
    difference |= expected.charCodeAt(at) ^ given.charCodeAt(at);
  }
  return difference === 0;
}
