import type { TestEvent } from "node:test/reporters";

/** Writes the runner's own counts, as one line of JSON, beside what it shows. */
export default async function* countReporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of events) {
    if (event.type === "test:summary" && event.data.file === undefined)
      yield JSON.stringify(event.data.counts);
  }
}
