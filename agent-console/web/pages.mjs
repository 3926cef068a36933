// The pages that are read without logging in: docs/'s Markdown laid into static/page.html. One source, for readers of the repository and of
// the screens.
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { marked } from "marked";

// File in docs/, name of the page, words of its link.
const pages = [
  ["premier-jour/operateur.md", "premier-jour-operateur.html", "Standard"],
  ["premier-jour/agent.md", "premier-jour-agent.html", "Unité"],
  ["premier-jour/responsable.md", "premier-jour-responsable.html", "Responsable d’unité"],
  ["premier-jour/superviseur.md", "premier-jour-superviseur.html", "Supervision"],
  ["premier-jour/administrateur.md", "premier-jour-administrateur.html", "Administration"],
  ["premier-jour/auditeur.md", "premier-jour-auditeur.html", "Audit"],
  ["accessibilite.md", "accessibilite.html", "Accessibilité"],
];

// Gives the names of the pages that it wrote into `dist`.
export async function writePages(here, dist) {
  const docs = path.join(here, "../../docs");
  const frame = await readFile(path.join(here, "static/page.html"), "utf8");
  for (const [file, name] of pages) {
    const body = marked.parse(await readFile(path.join(docs, file), "utf8"), { async: false }).replace(/href="([\w-]+\.md)"/g, (_, to) => {
      const there = pages.find(([other]) => path.join(path.dirname(file), to) === other);
      if (!there) throw new Error(`docs/${file} leads to ${to}, which is no page`);
      return `href="/${there[1]}"`;
    });
    const title = /<h1>(.*?)<\/h1>/.exec(body)?.[1];
    if (!title) throw new Error(`docs/${file} has no title`);
    const links = pages.map(([, other, words]) => `<li><a href="/${other}"${other === name ? ' aria-current="page"' : ""}>${words}</a></li>`).join("\n");
    const parts = { title, links, body: body.trim() };
    await writeFile(path.join(dist, name), frame.replace(/\{\{(\w+)\}\}/g, (_, part) => parts[part]));
  }
  return pages.map(([, name]) => name);
}
