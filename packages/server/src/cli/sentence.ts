/** What a command that failed says: a sentence for the operator, never a stack. */
export function sentenceOf(thrown: unknown): string {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const cause = deepest(error);
  const known = systemSentence(cause) ?? postgresSentence(cause) ?? sqliteSentence(cause);
  return (
    known ?? (error === cause || cause.message === "" ? error.message : `${error.message} ${cause.message}`)
  );
}

/** Node tries each address of a name and gives all failures at once; the first says enough. */
function deepest(error: Error): Error {
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return deepest(error.errors[0]);
  return error.cause instanceof Error ? deepest(error.cause) : error;
}

function systemSentence(error: Error): string | undefined {
  const { code, syscall, address, port, path, hostname } = error as NodeJS.ErrnoException & {
    address?: string;
    port?: number;
    hostname?: string;
  };
  const place = port === undefined ? address : `${address} port ${port}`;
  switch (code) {
    case "EADDRINUSE":
      return `Another program listens on ${place} already. Perhaps a Valetkey still runs? Stop it, or choose another port: --port with --demo, else listen.port.`;
    case "EADDRNOTAVAIL":
      return `This machine has no address ${address} to listen on.`;
    case "ECONNREFUSED":
      return `Nothing answers at ${place}: the connection was refused. Is the database running, and is the address right?`;
    case "ENOTFOUND":
      return `The host ${hostname} is not known. Is the address of the database right?`;
    case "ETIMEDOUT":
      return `${place ?? "The database"} does not answer in time.`;
    case "EACCES":
    case "EPERM":
      return syscall === "listen"
        ? `This user may not listen on ${place}. Ports below 1024 need a right of their own; a proxy in front is the usual way.`
        : `This user may not open ${path}.`;
    case "ENOENT":
      return `There is no ${path}.`;
    case "EEXIST":
    case "ENOTDIR":
      return syscall === "mkdir" ? `${path} cannot be a folder: a file stands in the way.` : undefined;
    case "EROFS":
      return `${path} lies on a disk that can only be read.`;
    default:
      return undefined;
  }
}

/** PostgreSQL, appendix A: classes of SQLSTATE that an operator mends. */
function postgresSentence(error: Error): string | undefined {
  const code = "code" in error ? String(error.code) : "";
  if (/^28/.test(code)) return `PostgreSQL lets this user not in: ${error.message}.`;
  if (code === "3D000") return `PostgreSQL does not have that database: ${error.message}. Create it first.`;
  if (code === "42501") return `PostgreSQL does not let this user do what is needed: ${error.message}.`;
  return undefined;
}

/** https://sqlite.org/rescode.html */
function sqliteSentence(error: Error): string | undefined {
  const code = "errcode" in error && typeof error.errcode === "number" ? error.errcode & 0xff : undefined;
  if (code === 5) return "Another process holds the SQLite file. Try again in a moment.";
  if (code === 8) return "The SQLite file cannot be written by this user.";
  if (code === 13) return "The disk with the SQLite file is full.";
  if (code === 14) return "The SQLite file cannot be opened by this user, or its folder does not exist.";
  if (code === 11 || code === 26) return "The SQLite file is damaged, or is no SQLite file at all.";
  return undefined;
}
