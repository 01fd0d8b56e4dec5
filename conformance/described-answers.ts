import type { OpenApiDocument } from "../packages/server/src/description/openapi.ts";
import type { Schema } from "../packages/server/src/description/schema.ts";
import type { Exchange } from "../packages/server/src/testing/flows/stage.ts";
import { foreign } from "../packages/server/src/testing/foreign.ts";

/** As far as they are read here. */
interface Validate {
  (value: unknown): boolean;
  readonly errors?: readonly { readonly instancePath: string; readonly message?: string }[] | null;
}

interface Ajv {
  addSchema(schema: object): void;
  getSchema(reference: string): Validate | undefined;
}

interface Media {
  readonly schema: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

interface Described {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<
    Record<string, { readonly $ref?: string; readonly content?: Readonly<Record<string, Media>> }>
  >;
}

type Node = Readonly<Record<string, unknown>>;

/** The schemas of a description, closed: a member that is not described is a fault. */
export class DescribedAnswers {
  readonly #document: OpenApiDocument;
  readonly #ajv: Ajv;
  /** Forms know texts alone. */
  readonly #forms: Ajv;

  constructor(document: OpenApiDocument) {
    this.#document = document;
    const { Ajv2020 } = foreign("ajv/dist/2020") as { Ajv2020: new (options: object) => Ajv };
    const addFormats = foreign("ajv-formats") as { default(ajv: Ajv): void };
    const judge = (options: object) => {
      const ajv = new Ajv2020({ strict: false, allErrors: true, ...options });
      addFormats.default(ajv);
      ajv.addSchema({ ...(closed(document) as object), $id: "description" });
      return ajv;
    };
    this.#ajv = judge({});
    this.#forms = judge({ coerceTypes: "array" });
  }

  faultsOf({ sent, given }: Exchange): readonly string[] {
    const name = nameOf(sent);
    const found = this.#operationAt(sent);
    if (!found) return [`${name} has no description`];
    const response = found.operation.responses[String(given.status)];
    if (!response) return [`${name} has no answer ${given.status}`];
    const type = given.headers.get("content-type")?.split(";")[0];
    if (given.body === "" || type === undefined) return [];
    const at = response.$ref?.slice(1) ?? `${found.pointer}/responses/${given.status}`;
    if (!this.#at(`${at}/content/${escaped(type)}`)) return [`${name} ${given.status} has no ${type}`];
    if (type !== "application/json") return [];
    const faults = this.#faults(`${at}/content/${escaped(type)}/schema`, JSON.parse(given.body));
    return faults.map((fault) => `${name} ${given.status} ${fault}`);
  }

  /** Of requests that were taken only: a refused one may be anything. */
  requestFaultsOf({ sent, given }: Exchange): readonly string[] {
    if (given.status >= 400) return [];
    const found = this.#operationAt(sent);
    if (!found) return [];
    const { parameters = [], requestBody } = found.operation;
    const query = [...new URL(sent.url).searchParams.keys()];
    const known = parameters.filter((one) => one.in === "query");
    const faults = [
      ...query.filter((name) => !known.some((one) => one.name === name)),
      ...known.filter(({ name, required }) => required && !query.includes(name)).map(({ name }) => name),
    ];
    const [type] = Object.keys(requestBody?.content ?? {});
    if (type !== undefined) {
      const at = `${found.pointer}/requestBody/content/${escaped(type)}/schema`;
      const isJson = type === "application/json";
      faults.push(
        ...(isJson
          ? this.#faults(at, JSON.parse(sent.body))
          : this.#faults(at, formIn(sent.body), this.#forms)),
      );
    }
    return faults.map((fault) => `${nameOf(sent)} sends ${fault}`);
  }

  /** Every example of the document, judged by the schema beside it. */
  examples(): { readonly checked: number; readonly faults: readonly string[] } {
    const faults: string[] = [];
    let checked = 0;
    const judge = (pointer: string, value: unknown) => {
      checked++;
      faults.push(...this.#faults(pointer, value).map((fault) => `${pointer} ${fault}`));
    };
    visit(this.#document, "", (node, pointer) => {
      const { schema, example, examples } = node as Partial<Media>;
      if (schema && example !== undefined) judge(`${pointer}/schema`, example);
      if (schema && examples)
        for (const { value } of Object.values(examples)) judge(`${pointer}/schema`, value);
      if (typeof node.type === "string" && Array.isArray(examples))
        for (const value of examples) judge(pointer, value);
    });
    return { checked, faults };
  }

  /** The operations that no exchange had a good answer of. */
  unheard(exchanges: readonly Exchange[]): readonly string[] {
    const heard = new Set(
      exchanges
        .filter(({ given }) => given.status < 400)
        .map(({ sent }) => this.#operationAt(sent)?.operation.operationId),
    );
    return Object.values(this.#document.paths)
      .flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId))
      .filter((id) => !heard.has(id));
  }

  #operationAt({ method, url }: Exchange["sent"]) {
    const asked = new URL(url).pathname;
    const path = Object.keys(this.#document.paths).find((one) => fits(one, asked)) ?? asked;
    const operation = this.#document.paths[path]?.[method.toLowerCase()] as Described | undefined;
    return operation && { operation, pointer: `/paths/${escaped(path)}/${method.toLowerCase()}` };
  }

  #faults(pointer: string, value: unknown, ajv = this.#ajv): readonly string[] {
    const validate = ajv.getSchema(`description#${encodeURI(pointer)}`);
    if (!validate) return ["has no schema"];
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  }

  #at(pointer: string): unknown {
    return pointer
      .split("/")
      .slice(1)
      .reduce<unknown>((node, key) => (node as Node | undefined)?.[unescaped(key)], this.#document);
  }
}

function nameOf({ method, url }: Exchange["sent"]): string {
  return `${method} ${new URL(url).pathname}`;
}

/** A path of the description may have names in braces. */
function fits(described: string, asked: string): boolean {
  const parts = asked.split("/");
  const names = described.split("/");
  return (
    parts.length === names.length && names.every((name, at) => name.startsWith("{") || name === parts[at])
  );
}

/** RFC 6901 §3 */
const escaped = (key: string) => key.replaceAll("~", "~0").replaceAll("/", "~1");
const unescaped = (key: string) => key.replaceAll("~1", "/").replaceAll("~0", "~");

/** A form as a schema sees it: what comes twice is a list. Where once is a list too, the schema's judge makes it one. */
function formIn(body: string): object {
  const pairs = [...new URLSearchParams(body)];
  return Object.fromEntries(
    pairs.map(([name, value]) => {
      const all = pairs.filter(([other]) => other === name).map(([, one]) => one);
      return [name, all.length > 1 ? all : value];
    }),
  );
}

function visit(node: unknown, pointer: string, see: (node: Node, pointer: string) => void): void {
  if (typeof node !== "object" || node === null) return;
  if (!Array.isArray(node)) see(node as Node, pointer);
  for (const [key, value] of Object.entries(node)) visit(value, `${pointer}/${escaped(key)}`, see);
}

function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== "object" || node === null) return node;
  const members = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]));
  return members.type === "object" && members.properties
    ? { ...members, additionalProperties: false }
    : members;
}
