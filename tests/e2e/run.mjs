// All of them: node run.mjs, with BANNETTE_BIN naming the built program. Three at a time, for each waits more than it works.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import path from "node:path";

const here = path.dirname(fileURLToPath(import.meta.url));
const beside = ["a11y", "unit", "tasks", "admin", "unit_words", "whole_way", "drafts", "calls", "board", "keyboard", "outage", "danger"]; // the longest first
let failed = 0;

// What it says comes in one piece.
function run(name) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["--test-reporter=spec", path.join(here, `${name}.test.mjs`)], { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
    child.once("close", (code) => {
      failed += code === 0 ? 0 : 1;
      console.log(`== ${name}\n${said}`);
      resolve();
    });
  });
}

async function worker() {
  for (let name = beside.shift(); name; name = beside.shift()) await run(name);
}

await Promise.all([worker(), worker(), worker()]);
process.exit(failed === 0 ? 0 : 1);
