import { execFile } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { formHeaders } from "../recipe.ts";
import { many } from "./world.ts";

export interface EarnedTokens {
  readonly access_token: string;
  readonly refresh_token: string;
}

/** Posts the forms from a process of its own: a client's memory and garbage are none of the server's. */
export function earned(url: string, forms: readonly string[]): Promise<readonly EarnedTokens[]> {
  return new Promise((resolve, reject) => {
    const options = { maxBuffer: 2 ** 30 };
    const child = execFile(
      process.execPath,
      [fileURLToPath(import.meta.url), url],
      options,
      (error, printed) => (error ? reject(error) : resolve(JSON.parse(printed) as EarnedTokens[])),
    );
    child.stdin?.end(JSON.stringify(forms));
  });
}

async function answers(url: string, forms: readonly string[]): Promise<readonly unknown[]> {
  return await many(forms.length, async (index) => {
    const response = await fetch(url, { method: "POST", body: forms[index] ?? "", headers: formHeaders });
    if (!response.ok) throw new Error(await response.text());
    return await response.json();
  });
}

if (import.meta.main) {
  const forms = JSON.parse(await text(process.stdin)) as readonly string[];
  process.stdout.write(JSON.stringify(await answers(process.argv[2] ?? "", forms)));
}
