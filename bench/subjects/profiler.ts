import { Session } from "node:inspector/promises";

/** Samples what this process does, between two calls, four thousand times a second. */
export function profiler() {
  let session: Session | undefined;
  return {
    async begin(): Promise<void> {
      session = new Session();
      session.connect();
      await session.post("Profiler.enable");
      await session.post("Profiler.setSamplingInterval", { interval: 250 });
      await session.post("Profiler.start");
    },
    async end(): Promise<string> {
      if (!session) throw new Error("No profile was begun.");
      const { profile } = await session.post("Profiler.stop");
      session.disconnect();
      return JSON.stringify(profile);
    },
  };
}
