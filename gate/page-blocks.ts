import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./house.ts";

/** Pages that people write; what is printed from code is checked where it is printed. */
export function pages(): readonly string[] {
  const printed = new Set([
    "docs/operate/command-line.md",
    "docs/specs.md",
    "docs/refusals.md",
    "docs/settings.md",
  ]);
  const docs = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .map((path) => `docs/${path.replaceAll("\\", "/")}`)
    .filter((path) => !printed.has(path));
  return ["README.md", "CONTRIBUTING.md", "packages/resource/README.md", ...docs.sort()];
}

/** What stands between the fences of this language, in order. */
export function blocksOf(page: string, language: string): readonly string[] {
  const fence = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm");
  return [...textOf(page).matchAll(fence)].map(([, block = ""]) => block);
}

/** Where a page's links lead that stay in the repository, as paths from the root. */
export function linksOf(page: string): readonly string[] {
  const folder = page.slice(0, page.lastIndexOf("/") + 1);
  return [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target.replace(/#.*/, ""))
    .filter((target) => target !== "" && !/^[a-z]+:/.test(target))
    .map((target) => join(folder, target));
}

/** The commands of a page's shell blocks, in the words that a shell makes of them; comments and pipes end one. */
export function commandsOf(page: string): readonly (readonly string[])[] {
  return blocksOf(page, "sh")
    .flatMap((block) => block.replaceAll("\\\n", " ").split("\n"))
    .flatMap((line) => line.replace(/(^|\s)#.*/, "").split(/&&|\||;/))
    .map(wordsOf)
    .filter((words) => words.length > 0);
}

/** Commands of valetkey and npm within sentences; `...` stands for what the sentence leaves out. */
export function inlineCommandsOf(page: string): readonly (readonly string[])[] {
  const text = textOf(page).replace(/^```[\s\S]*?^```/gm, "");
  return [...text.matchAll(/`((?:npm|valetkey)\s[^`]+)`/g)]
    .flatMap(([, command = ""]) => command.split("&&"))
    .map((command) => wordsOf(command.replace(/\.\.\.|…/g, "")));
}

function wordsOf(command: string): readonly string[] {
  return [...command.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)].map(([word]) => word.replace(/["']/g, ""));
}

function textOf(page: string): string {
  return readFileSync(join(root, page), "utf8");
}
