// Plain JavaScript, so that it also runs on the Node that a machine happens to have and can say what is wrong there.
// node --conditions=valetkey-source gate/node.js NOUN [ARGUMENT...] runs gate/NOUN.ts.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 24 || (major === 24 && minor < 15)) {
  console.error(
    `This is Node ${process.version}; Valetkey needs 24.15 or later. ` +
      "`npm ci` in the repository's root brings one for Linux, macOS and Windows, and npm scripts use it; " +
      "if it did, run this through npm (npm test, npm run check), or install Node 24.",
  );
  process.exit(1);
}
const [noun = "run"] = process.argv.splice(2, 1);
await import(new URL(`./${noun}.ts`, import.meta.url).href);
