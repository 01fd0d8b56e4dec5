#!/usr/bin/env node
// Plain old JavaScript: this file must run, and explain itself, on any Node.
var version = process.versions.node.split(".").map(Number);
if (version[0] < 24 || (version[0] === 24 && version[1] < 15)) {
  process.stderr.write(
    "Valetkey needs Node 24.15 or later; this is Node " +
      process.versions.node +
      ".\nInstall a current Node from https://nodejs.org, or run it from a clone of the repository, which brings its own (npm ci && npm start).\n",
  );
  process.exit(1);
}
var fromSource = process.execArgv.indexOf("--conditions=valetkey-source") >= 0;
import(fromSource ? "../src/cli/main.ts" : "../dist/cli/main.js").then((cli) =>
  cli.main(process.argv.slice(2)),
);
