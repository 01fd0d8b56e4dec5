import type { Recipe } from "../recipe.ts";

/** Writes requests of one recipe; what is the same in all of them is put together once. */
export function requestWriter(recipe: Recipe, port: number): (value: string) => string {
  const { method, path, headers, body } = recipe;
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nuser-agent: valetkey-bench\r\n${lines.join("")}`;
  const [headBefore = "", headAfter] = head.split("{}");
  const [bodyBefore = "", bodyAfter] = body.split("{}");
  const length = Buffer.byteLength(bodyBefore) + Buffer.byteLength(bodyAfter ?? "");
  return (value) => {
    const start = headAfter === undefined ? headBefore : `${headBefore}${value}${headAfter}`;
    if (method === "GET") return `${start}\r\n`;
    if (bodyAfter === undefined) return `${start}content-length: ${length}\r\n\r\n${bodyBefore}`;
    return `${start}content-length: ${length + value.length}\r\n\r\n${bodyBefore}${value}${bodyAfter}`;
  };
}
