import { group } from "../group.ts";
import { flag, text, told } from "../setting.ts";

/** What a new password must not be. */
export const passwords = group(
  "What a new password must not be. At least 12 characters, and not easy to guess, always hold.",
  {
    breach_check: flag(
      false,
      "Whether passwords that leaked elsewhere are refused. Five of the forty digits of the password's SHA-1 go to the address below, from which nobody can tell it; while that does not answer, passwords pass, and the log says so. Off, so that this server needs no network.",
    ),
    breach_url: told(
      text(rangeReason).default("https://api.pwnedpasswords.com/range/"),
      "Where they are looked up: the range API of Have I Been Pwned, or a mirror of it. The five digits are put behind it.",
      { type: "text", example: "https://mirror.example.com/range/" },
    ),
  },
);

function rangeReason(value: string): string | undefined {
  if (!URL.canParse(value)) return "must be a URL";
  const { protocol, hostname, username, password, search, hash } = new URL(value);
  const isHere = ["127.0.0.1", "[::1]", "localhost"].includes(hostname);
  if (protocol !== "https:" && !(protocol === "http:" && isHere)) return "must begin with https://";
  if (username !== "" || password !== "") return "must not hold a user or password";
  return search === "" && hash === "" && value.endsWith("/") ? undefined : "must end in a slash";
}
