// Makes dist/ from src/ and static/: app.js, app.css, index.html, icon.svg. Same input, same bytes: no hash, no date.
import { build } from "esbuild";
import { copyFile, mkdir, readFile, rm } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import path from "node:path";

const here = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(here, "dist");
const budget_bytes = 60 * 1024; // everything, compressed: a phone line's worth of waiting

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await build({
  absWorkingDir: here,
  entryPoints: { app: "src/main.ts" },
  outdir: "dist",
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022"],
  charset: "utf8",
  legalComments: "eof", // Lit's licence asks for its notice
  conditions: ["production"],
  logLevel: "warning",
});
await build({
  absWorkingDir: here,
  entryPoints: { app: "src/app.css" },
  outdir: "dist",
  bundle: true,
  minify: true,
  charset: "utf8",
  logLevel: "warning",
});
for (const name of ["index.html", "icon.svg"]) await copyFile(path.join(here, "static", name), path.join(dist, name));

let total = 0;
for (const name of ["app.js", "app.css", "index.html", "icon.svg"]) {
  const size = gzipSync(await readFile(path.join(dist, name)), { level: 9 }).length;
  total += size;
  console.log(`${name.padEnd(12)} ${String(size).padStart(7)} bytes gzip`);
}
console.log(`${"total".padEnd(12)} ${String(total).padStart(7)} bytes gzip`);
if (total > budget_bytes) {
  console.error(`dist is beyond its budget of ${budget_bytes} bytes`);
  process.exit(1);
}
