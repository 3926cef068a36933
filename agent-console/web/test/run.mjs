// Bundles the tests with the sources that they test, and runs them: npm test.
import { build } from "esbuild";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import path from "node:path";

const here = path.dirname(fileURLToPath(import.meta.url));
const outdir = await mkdtemp(path.join(tmpdir(), "bannette-web-test-"));
// What every browser has, Debian 12's Node 18 has under another name.
const banner = { js: 'import { webcrypto } from "node:crypto"; globalThis.crypto ??= webcrypto;' };
let failed = false;
try {
  const names = (await readdir(here)).filter((name) => name.endsWith(".test.ts"));
  await build({ absWorkingDir: here, entryPoints: names, outdir, outExtension: { ".js": ".mjs" }, bundle: true, platform: "node", format: "esm", banner, logLevel: "warning" });
  for (const name of names) {
    const file = path.join(outdir, name.replace(/\.ts$/, ".mjs"));
    failed = spawnSync(process.execPath, ["--test-reporter=spec", file], { stdio: "inherit" }).status !== 0 || failed;
  }
} finally {
  await rm(outdir, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
