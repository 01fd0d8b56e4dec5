/** The first without the fault that can spoil a file when two processes write and copy the log back at once. */
const least = [3, 51, 3] as const;

/**
 * A Node that was linked with a library of the system's may carry an older SQLite than the one that Node brings.
 * https://sqlite.org/wal.html#walresetbug
 * @throws with what to change
 */
export function requireSoundVersion(version: string): void {
  const parts = version.split(".").map(Number);
  const differing = least.findIndex((part, index) => part !== (parts[index] ?? 0));
  if (differing < 0 || (parts[differing] ?? 0) > (least[differing] ?? 0)) return;
  throw new Error(
    `This Node carries SQLite ${version}, which can spoil a database that two processes use at once. ` +
      `Valetkey needs SQLite ${least.join(".")} or later: Node from https://nodejs.org brings one from 24.15 on.`,
  );
}
