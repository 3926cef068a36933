// Is the committed dist what its sources make? Builds a copy elsewhere from the lock file and compares every byte.
import { execFileSync } from "node:child_process";
import { cp, mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import path from "node:path";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = await mkdtemp(path.join(tmpdir(), "bannette-web-"));
const copy = path.join(root, "agent-console/web"); // docs/ is found from there
const inputs = [".npmrc", "package.json", "package-lock.json", "tsconfig.json", "build.mjs", "budgets.json", "pages.mjs", "src", "static"];
let differences = 0;
try {
  for (const name of inputs) await cp(path.join(here, name), path.join(copy, name), { recursive: true });
  await cp(path.join(here, "../../docs"), path.join(root, "docs"), { recursive: true });
  const run = (...args) => execFileSync("npm", args, { cwd: copy, stdio: "inherit" });
  run("ci", "--prefer-offline", "--no-audit", "--no-fund");
  run("run", "build");
  const committed = await readdir(path.join(here, "dist"));
  const built = await readdir(path.join(copy, "dist"));
  for (const name of new Set([...committed, ...built])) {
    const pair = [path.join(here, "dist", name), path.join(copy, "dist", name)];
    const [old, fresh] = await Promise.all(pair.map((file) => readFile(file).catch(() => null)));
    if (old !== null && fresh !== null && old.equals(fresh)) continue;
    ++differences;
    console.error(`dist/${name} ${old === null ? "is missing" : fresh === null ? "is not made by the build" : "differs"}`);
  }
} finally {
  await rm(root, { recursive: true, force: true });
}
if (differences > 0) {
  console.error("Run `npm ci && npm run build` in agent-console/web and commit dist.");
  process.exit(1);
}
console.log("dist is what its sources make");
