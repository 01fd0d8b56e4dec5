/** The first rule that fits a question answers it. */
const rules: readonly (readonly [RegExp, (found: RegExpMatchArray) => string])[] = [
  [
    /what could be wrong with this answer/i,
    () =>
      "Three things to look at before you rely on it: it names no source, it may be out of date, and it answers the question as it was put, which may not be the one that you have.",
  ],
  [
    /(-?\d+(?:\.\d+)?)\s*([-+*/×÷])\s*(-?\d+(?:\.\d+)?)/,
    ([, left, sign, right]) => sum(Number(left), sign, Number(right)),
  ],
  [
    /\b(pkce|oauth|token)\b/i,
    () =>
      "PKCE ties a sign-in to the program that began it. The page makes a random word and sends only its fingerprint along. Whoever brings the code back must also know the word itself, so that a code which is stolen on the way is worth nothing.\n\nThis page did exactly that when you signed in. Its refresh token lives in a worker, and no script of the page can read it.",
  ],
  [
    /\b(plan|agenda|week|meeting)\b/i,
    () =>
      "A plan for a calm week:\n\n1. Monday: choose the one thing that has to be true by Friday.\n2. Tuesday to Thursday: mornings for that, afternoons for everybody else.\n3. Friday: write down what you learned, in five lines, and send it to the team.",
  ],
  [/\b(haiku|poem)\b/i, () => "A lamp in the fog.\nIt asks who is at the door,\nand then lets you in."],
  [
    /\b(rewrite|shorten|summari[sz]e|improve)\b/i,
    () =>
      "Shorter, and with the point first:\n\nWe ship on Thursday. Two tests are still red, both in billing; Mina has them. If they are not green by Wednesday noon, we move to Monday and tell customers the same day.",
  ],
  [
    /\b(who are you|what can you|help)\b/i,
    () =>
      "I am a small model that answers by rule, so that this example runs without a graphics card. Put any OpenAI-compatible server in my place with --model-url, and nothing else changes: the API passes what it says straight on to you.",
  ],
  [/\b(hello|hi|hey|good (morning|evening))\b/i, () => "Hello. What shall we look at?"],
];

export function answerTo(question: string): string {
  for (const [pattern, answer] of rules) {
    const found = question.match(pattern);
    if (found) return answer(found);
  }
  return `You asked: “${question.trim().slice(0, 200)}”\n\nI am a small model and have no rule for that. Ask me for a plan for the week, a haiku, a sum such as 12 * 34, or what PKCE is.`;
}

function sum(left: number, sign: string | undefined, right: number): string {
  if ((sign === "/" || sign === "÷") && right === 0) return "Nothing can be divided by zero.";
  const result =
    sign === "+"
      ? left + right
      : sign === "-"
        ? left - right
        : sign === "*" || sign === "×"
          ? left * right
          : left / right;
  return `${left} ${sign} ${right} is ${result}.`;
}
