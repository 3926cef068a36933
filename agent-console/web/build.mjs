// Makes dist/ from src/, static/ and docs/: app.js, a file for each screen, what they share, app.css, index.html, icon.svg, and the pages
// that are read (pages.mjs). Same input, same bytes: no hash, no date.
import { build } from "esbuild";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import path from "node:path";
import { writePages } from "./pages.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(here, "dist");
// What a role may have to wait for before its first screen is there, compressed: the page, the screen, what that imports, and the catalogue,
// as large as the sample site's may become (tests/e2e/whole_way holds the service's own answer against it). The rest comes afterwards.
const budgets = JSON.parse(await readFile(path.join(here, "budgets.json"), "utf8"));
const pages = ["app.css", "index.html", "icon.svg"];
const styles = { board: "wall.css", admin: "admin.css" };

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
const made = await build({
  absWorkingDir: here,
  entryPoints: { app: "src/main.ts" },
  outdir: "dist",
  bundle: true,
  splitting: true,
  chunkNames: "[name]-[hash]",
  metafile: true,
  write: false,
  minify: true,
  format: "esm",
  target: ["es2022"],
  charset: "utf8",
  legalComments: "eof", // Lit's licence asks for its notice
  conditions: ["production"],
  logLevel: "warning",
});

// A screen's file is named like its source, a shared one by number: a new build must not leave other names in the repository.
const outputs = Object.entries(made.metafile.outputs);
const shared = outputs.filter(([, output]) => !output.entryPoint).map(([file, output]) => ({ file, of: Object.keys(output.inputs).sort().join() }));
shared.sort((a, b) => (a.of < b.of ? -1 : 1));
const named = new Map(outputs.map(([file, output]) => [path.basename(file), output.entryPoint === "src/main.ts" ? "app.js" : `${path.basename(output.entryPoint ?? "", ".ts")}.js`]));
shared.forEach(({ file }, index) => named.set(path.basename(file), `shared-${index + 1}.js`));
if (new Set(named.values()).size !== named.size) throw new Error("two screens of one name");
for (const file of made.outputFiles) {
  let text = file.text;
  for (const [old, name] of named) text = text.replaceAll(old, name);
  await writeFile(path.join(dist, named.get(path.basename(file.path))), text);
}
await build({
  absWorkingDir: here,
  entryPoints: { app: "src/app.css", page: "src/page.css", wall: "src/style/wall.css", admin: "src/style/admin.css" },
  outdir: "dist",
  bundle: true,
  minify: true,
  charset: "utf8",
  logLevel: "warning",
});
for (const name of ["index.html", "icon.svg"]) await copyFile(path.join(here, "static", name), path.join(dist, name));
const read = [...(await writePages(here, dist)), "page.css"];

const sizes = new Map();
for (const name of [...named.values(), ...pages, ...Object.values(styles), ...read]) {
  sizes.set(name, gzipSync(await readFile(path.join(dist, name)), { level: 9 }).length);
  console.log(`${name.padEnd(32)} ${String(sizes.get(name)).padStart(7)} bytes gzip`);
}

// All that is loaded before a screen is there: the page, app.js, the screen, and what these import.
function loaded(screen) {
  const names = new Set([...pages, ...[styles[screen] ?? []].flat()]);
  const add = (file) => {
    const name = named.get(path.basename(file));
    if (names.has(name)) return;
    names.add(name);
    for (const each of made.metafile.outputs[file].imports) if (each.kind === "import-statement") add(each.path);
  };
  for (const [file] of outputs) if (["app.js", `${screen}.js`].includes(named.get(path.basename(file)))) add(file);
  return [...names].reduce((sum, name) => sum + sizes.get(name), 0);
}
let beyond = false;
for (const [role, { screen, catalogue, most }] of Object.entries(budgets)) {
  const total = loaded(screen) + catalogue;
  console.log(`first load, ${role.padEnd(10)} ${String(total).padStart(6)} of ${most} bytes gzip, ${catalogue} of them for the catalogue`);
  beyond ||= total > most;
}
if (beyond) {
  console.error("a first load is beyond its budget");
  process.exit(1);
}
