/** Callers that need the same thing from the same place at once share one fetch; its failure is theirs too, and is not kept. */
export function oneFetch<T>(): (url: string, fetch: () => Promise<T>) => Promise<T> {
  const underWay = new Map<string, Promise<T>>();
  return (url, fetch) => {
    const running = underWay.get(url);
    if (running) return running;
    const started = fetch().finally(() => underWay.delete(url));
    underWay.set(url, started);
    return started;
  };
}
