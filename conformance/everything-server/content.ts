import type { CallToolResult } from "@modelcontextprotocol/server";

/** One red dot as a PNG, in base64. */
export const image =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC";

/** A WAV file of no samples, in base64: 8 kHz, mono, 8 bits. */
export const audio = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=";

/** A tool's whole answer in one sentence. */
export function said(text: string): CallToolResult {
  return { content: [{ type: "text", text }] };
}
