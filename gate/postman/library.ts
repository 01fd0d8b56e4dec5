import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "../house.ts";

/** A node of a Postman collection, as far as it is read here. */
export interface Item {
  readonly name: string;
  readonly item?: readonly Item[];
  readonly request?: Request;
  readonly response?: readonly { readonly code: number }[];
}

export interface Request {
  readonly name?: string;
  readonly method: string;
  readonly url: { readonly path: readonly string[]; readonly query?: readonly Entry[] };
  readonly header: readonly Entry[];
  readonly auth?: unknown;
  readonly body?: unknown;
  readonly description?: unknown;
}

export interface Entry {
  readonly key: string;
  readonly value: string;
  readonly disabled?: boolean;
  readonly description?: unknown;
}

interface Converter {
  convert(
    input: { readonly type: "json"; readonly data: unknown },
    options: Readonly<Record<string, unknown>>,
    done: (error: Error | null, result: Converted) => void,
  ): void;
}

interface Converted {
  readonly result: boolean;
  readonly reason?: string;
  readonly output: readonly { readonly data: { readonly item: readonly Item[] } }[];
}

/** What openapi-to-postmanv2 makes of a description: a folder for each tag, a request for each operation. */
export async function convertedItems(description: unknown): Promise<readonly Item[]> {
  const { convert } = converter();
  const options = {
    folderStrategy: "Tags",
    requestParametersResolution: "Example",
    exampleParametersResolution: "Example",
    parametersResolution: "Example",
  };
  return await new Promise((resolve, reject) => {
    // The library writes into what it is given.
    convert({ type: "json", data: structuredClone(description) }, options, (error, converted) => {
      const [made] = converted?.output ?? [];
      if (error || !made) reject(error ?? new Error(converted.reason));
      else resolve(made.data.item);
    });
  });
}

function converter(): Converter {
  const require = createRequire(join(root, "conformance/package.json"));
  try {
    return require("openapi-to-postmanv2") as Converter;
  } catch (cause) {
    throw new Error("The packages of conformance/ are not installed: npm ci --prefix conformance", { cause });
  }
}
