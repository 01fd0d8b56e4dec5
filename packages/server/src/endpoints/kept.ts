const year = 31_536_000;

/** How long caches keep a file: for ever where its URL names its content, else for a few minutes. */
export function kept(isNamed: boolean): string {
  return isNamed ? `public, max-age=${year}, immutable` : "public, max-age=300";
}
