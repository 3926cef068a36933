// npm ci in the given folders, unless what is installed is as new as the lock file.
import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import path from "node:path";

const age = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
for (const folder of process.argv.slice(2)) {
  if (age(path.join(folder, "node_modules/.package-lock.json")) >= age(path.join(folder, "package-lock.json"))) continue;
  execFileSync("npm", ["ci", "--prefer-offline", "--no-audit", "--no-fund"], { cwd: folder, stdio: "inherit" });
}
