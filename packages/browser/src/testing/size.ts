import { brotliCompressSync, gzipSync } from "node:zlib";

/** Octets of a text as servers send it. */
export interface Size {
  readonly raw: number;
  readonly gzip: number;
  readonly brotli: number;
}

export function sizeOf(...texts: readonly string[]): Size {
  const sum = (measure: (text: string) => number) => texts.reduce((total, text) => total + measure(text), 0);
  return {
    raw: sum((text) => Buffer.byteLength(text)),
    gzip: sum((text) => gzipSync(text, { level: 9 }).length),
    brotli: sum((text) => brotliCompressSync(text).length),
  };
}
