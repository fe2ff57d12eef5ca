// Loads scripts as a page does, one after the other in one global scope, then answers a batch of requests a line.
"use strict";
const { readFileSync } = require("fs");
const { createInterface } = require("readline");
const { runInThisContext } = require("vm");

for (const path of process.argv.slice(2)) runInThisContext(readFileSync(path, "utf8"), { filename: path });

createInterface({ input: process.stdin }).on("line", (line) => {
  process.stdout.write(JSON.stringify(JSON.parse(line).map((request) => globalThis.reply(request))) + "\n");
});
