import { answerCalls } from "../call.ts";
import type { HttpCase } from "../recipe.ts";
import { profiler } from "./profiler.ts";
import type { Subject } from "./world.ts";

/** The process of one subject: `process.ts <module> <folder> [<variant>]`. It serves, and tells what it used. */
const [module = "", folder = "", variant = ""] = process.argv.slice(2);
const { start } = (await import(`./${module}.ts`)) as {
  start: (folder: string, variant: string) => Promise<Subject>;
};
const subject = await start(folder, variant);

const profile = profiler();

answerCalls({
  beginProfile: profile.begin,
  endProfile: profile.end,
  port: () => subject.port,
  prepare: ({ wanted, count }: { wanted: HttpCase; count: number }) => subject.prepare(wanted, count),
  used: () => {
    const { user, system } = process.cpuUsage();
    return { cpu: user + system, resident: process.memoryUsage.rss() };
  },
});
