import type { Breaches } from "../ports/breaches.ts";
import type { Strength, WeakBecause } from "../ports/strength.ts";

/** In characters, as a person counts them. */
export const minimumPasswordLength = 12;
/** In bytes: what the password hash takes. */
export const longestPassword = 1024;
/** Of 0 to 4: some 10^6 guesses and more, beyond what anybody may try at the sign-in page. */
const leastScore = 2;

/** What is wrong with a new password; `because` tells what makes it weak. */
export type PasswordFault =
  | { readonly kind: "too-short" }
  | { readonly kind: "too-long" }
  | { readonly kind: "leaked" }
  | { readonly kind: "weak"; readonly because: WeakBecause };

/** The fault in a word, for who has a sentence for each. */
export type PasswordFaultWord = "short" | "long" | "leaked" | "weak" | Exclude<WeakBecause, "short">;

export function passwordFaultWord(fault: PasswordFault): PasswordFaultWord {
  if (fault.kind === "too-short") return "short";
  if (fault.kind === "too-long") return "long";
  if (fault.kind === "leaked") return "leaked";
  return fault.because === "short" ? "weak" : fault.because;
}

export interface PasswordVerdict {
  /** null when it may be used. */
  readonly fault: PasswordFault | null;
  /** 0 to 4, for whoever shows it; "unknown" when nobody judged it. */
  readonly score: 0 | 1 | 2 | 3 | 4 | "unknown";
  /** The leaked ones could not be asked for, so the password passed without. */
  readonly isUnchecked: boolean;
}

/** Whose password it is to be: what a stranger who guesses would try first. */
export interface PasswordOwner {
  readonly email: string;
  readonly name?: string;
  /** The server's own name, which people like to put in. */
  readonly productName?: string;
}

/**
 * NIST SP 800-63B §3.1.1.2: long enough, none that is easy to guess, none that leaked; no rule about kinds of characters.
 * The one judge of every way to set a password. It never repeats the password.
 */
export async function judgeNewPassword(
  { strength, breaches }: { readonly strength: Strength; readonly breaches: Breaches },
  password: string,
  owner: PasswordOwner,
): Promise<PasswordVerdict> {
  const { fault, score } = await judgeStrength({ strength }, password, owner);
  // One after the other: a password that is refused anyway is not looked up.
  if (fault) return { fault, score, isUnchecked: false };
  const seen = await breaches.timesSeen(password);
  if (seen === "unknown") return { fault: null, score, isUnchecked: true };
  return { fault: seen > 0 ? { kind: "leaked" } : null, score, isUnchecked: false };
}

/** The same without asking whether it leaked: for who is still typing it. */
export async function judgeStrength(
  { strength }: { readonly strength: Strength },
  password: string,
  owner: PasswordOwner,
): Promise<Pick<PasswordVerdict, "fault" | "score">> {
  const fault = lengthFault(password);
  if (fault) return { fault: { kind: fault }, score: 0 };
  const estimate = await strength.estimate(password, knownOf(owner));
  if (estimate === "unknown") return { fault: null, score: "unknown" };
  const { score, because } = estimate;
  return { fault: score < leastScore ? { kind: "weak", because: because ?? "short" } : null, score };
}

function lengthFault(password: string): "too-short" | "too-long" | undefined {
  const forms = [password, password.normalize("NFKC")];
  if (forms.some((text) => Buffer.byteLength(text) > longestPassword)) return "too-long";
  // Both: neither a sign of two halves nor one that unfolds into many makes a short one long.
  return forms.some((text) => [...text].length < minimumPasswordLength) ? "too-short" : undefined;
}

function knownOf({ email, name = "", productName = "" }: PasswordOwner): readonly string[] {
  const [local = "", domain = ""] = email.split("@");
  const [host = ""] = domain.split(".");
  const parts = [
    email,
    local,
    domain,
    host,
    ...local.split(/[._+-]/),
    name,
    ...name.split(/\s+/),
    productName,
  ];
  return [...new Set(parts.map((part) => part.trim().slice(0, 100)).filter((part) => part.length > 2))];
}

/** The rest of a sentence that begins with "The password". */
export function passwordFaultText(fault: PasswordFault): string {
  if (fault.kind === "too-short") return `must have at least ${minimumPasswordLength} characters`;
  if (fault.kind === "too-long") return `must be shorter than ${longestPassword} bytes`;
  if (fault.kind === "weak") return `is too easy to guess: ${weakTexts[fault.because]}`;
  return "appears in collections of leaked passwords; choose another";
}

const weakTexts: Readonly<Record<WeakBecause, string>> = {
  common: "it is like one that many people use",
  personal: "it contains a name or an address",
  repeated: "it repeats itself",
  row: "it follows a row of letters, digits or keys",
  date: "it is mostly a date",
  short: "add a word or two",
};
