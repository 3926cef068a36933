// All of them, one after the other: node run.mjs, with BANNETTE_BIN naming the built program.
import { fileURLToPath } from "node:url";
import { spawnSync } from "node:child_process";
import path from "node:path";

const here = path.dirname(fileURLToPath(import.meta.url));
const files = ["whole_way", "admin", "danger", "board", "unit", "keyboard", "drafts", "outage"].map((name) => path.join(here, `${name}.test.mjs`));
let failed = 0;
for (const file of files) failed += spawnSync(process.execPath, ["--test-reporter=spec", file], { stdio: "inherit" }).status === 0 ? 0 : 1;
process.exit(failed === 0 ? 0 : 1);
