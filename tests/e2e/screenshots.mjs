// A picture of each screen, for the README: node screenshots.mjs FOLDER (./dev screenshots). An invented day; at the end the colours are
// reduced, so that a picture stays small.
import { execFileSync } from "node:child_process";
import { mkdir, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { Browser } from "./lib/browser.mjs";
import { Scene } from "./lib/scene.mjs";

const folder = path.resolve(process.argv[2] ?? "screenshots");
const size = { viewport: { width: 1280, height: 800 } };
const browser = new Browser();
const scene = new Scene();

const shoot = (person, name) => person.page.screenshot({ path: path.join(folder, `${name}.png`), animations: "disabled" });

async function login() {
  const visitor = await browser.visitor(scene.service, size);
  await visitor.sees("#login-name:focus");
  await shoot(visitor, "connexion");
  for (const page of ["premier-jour-operateur", "accessibilite"]) {
    await visitor.page.goto(`${scene.service.url}${page}.html`);
    await shoot(visitor, page);
  }
}

async function operator(odile) {
  await odile.press("F2");
  await scene.sits(odile, "poste-1");
  await scene.rings("newCall", "c1");
  await scene.rings("answer", "c1", { answeringNumber: "1001" });
  await scene.rings("newCall", "c2", { from: "0320445566" });
  await odile.sees(".phone.has-call");
  await odile.page.fill("#f-name", "M. Dubois");
  await odile.page.fill("#f-commune", "Tourcoing");
  await odile.page.fill("#f-address", "5 rue de Gand");
  await odile.page.fill("#f-note", "Sa mère âgée tombe souvent, il demande l'APA et une aide à domicile.");
  await odile.until(() => /APA/.test(document.querySelector(".questions .of")?.innerText ?? "") && document.querySelector(".routing").getAttribute("aria-busy") === "false");
  await odile.page.focus("#f-note");
  await odile.until(() => /gardé à/.test(document.querySelector(".kept")?.innerText ?? ""));
  await shoot(odile, "saisie");
  await odile.press("Control+Enter");
  await odile.sees(".receipt.durable");
  await shoot(odile, "recu");
  await odile.press("F4");
  await odile.page.fill("#find-text", scene.rent.reference);
  await odile.press("Enter");
  await odile.sees(".found-item");
  await shoot(odile, "recherche");
  await odile.press("Escape");
  await odile.press("F2");
  await odile.page.fill("#f-commune", "Roubaix");
  await odile.page.fill("#f-note", "La voisine entend crier l'enfant.");
  await odile.sees(".questions .question");
  await odile.press("F8");
  await odile.until(() => /astreinte/i.test(document.querySelector(".danger-panel")?.innerText ?? ""));
  await odile.sees(".routing .urgency-immediate");
  await shoot(odile, "danger");
}

// Whom to call back, and the calls that are being typed.
async function beside(odile, olivier) {
  await scene.rings("hangup", "c2", { cause: "originatorCancel" }); // after a while: nobody had answered
  await scene.rings("newCall", "c3", { from: "0639981020" });
  await olivier.page.fill("#f-commune", "Tourcoing");
  await olivier.page.fill("#f-note", "Demande de rendez-vous avec l'assistante sociale.");
  await olivier.sees(".routing .destination");
  await olivier.until(() => /gardé à/.test(document.querySelector(".kept")?.innerText ?? ""));
  await olivier.choose("Passer à un collègue");
  await olivier.until(() => /Proposée à vos collègues/.test(document.querySelector(".operator .notice")?.innerText ?? ""));
  await odile.press("F3");
  await odile.sees(".callbacks li");
  await shoot(odile, "rappels");
  await odile.press("Escape");
  await odile.press("F10");
  await odile.sees(".drafts li button:focus");
  await shoot(odile, "saisies-en-cours");
  await odile.press("Escape");
}

async function unit(amina) {
  await amina.until((count) => document.querySelectorAll(".row").length >= count, 5);
  await shoot(amina, "bannette");
  await amina.page.focus(`.row-button[data-id="${scene.rent.id}"]`);
  await amina.press("Enter");
  await amina.sees("#dossier-title:focus");
  await amina.press("F9");
  await amina.sees("#act-note");
  await shoot(amina, "demande");
}

async function supervisor(sofia) {
  await sofia.sees(".escalations.alarm");
  await sofia.sees("#chart-dossiers canvas");
  await shoot(sofia, "tableau");
  await sofia.page.locator(".figures .row-button", { hasText: "Roubaix-Est : Service social" }).press("Enter");
  await sofia.page.locator("[data-look]").first().press("Enter");
  await sofia.sees("#look-purpose:focus");
  await sofia.page.selectOption("#look-purpose", { index: 1 });
  await sofia.press("Control+Enter");
  await sofia.until(() => /sont inscrits à l’historique/.test(document.querySelector("dialog.look")?.innerText ?? ""));
  await shoot(sofia, "lecture");
  await sofia.press("Escape");
  await sofia.press("F3");
  await sofia.sees(".case");
  await shoot(sofia, "arbitrage");
  await sofia.press("F4");
  await sofia.sees("bn-reports .report-table tbody tr");
  await sofia.sees("bn-calls-report .report-table tbody tr");
  await shoot(sofia, "rapports");
  await sofia.press("F2");
  await sofia.press("F8");
  await sofia.sees(".wall .bigs");
  await shoot(sofia, "mural");
}

async function administrator(ines, aude) {
  for (const [tab, name, seen] of [["accounts", "comptes", ".admin-table"], ["sessions", "sessions", ".admin-table"], ["tokens", "jetons", "bn-tokens .admin-table"], ["units", "unites", ".unit-card"], ["configuration", "configuration", "#configuration-check"], ["health", "sante", ".health-tiles"]]) {
    await ines.page.click(`#tab-${tab}`);
    await ines.sees(seen);
    await shoot(ines, name);
  }
  await aude.sees(".admin-table");
  await shoot(aude, "registre");
  await aude.page.evaluate(() => (location.hash = "tableau"));
  await aude.sees(".board .tiles");
  await aude.press("F7"); // who read what: whole for the auditor, by reference for a supervisor
  await aude.sees("bn-reads table tbody tr");
  await shoot(aude, "consultations");
}

await mkdir(folder, { recursive: true });
try {
  await scene.start();
  await browser.start();
  const [odile, amina, denis] = [await scene.person(browser, "odile", size), await scene.person(browser, "amina", size), await scene.person(browser, "denis", size)];
  await scene.fill(odile, amina, denis);
  await login();
  await operator(odile);
  await beside(odile, await scene.person(browser, "olivier", size));
  await unit(amina);
  await supervisor(await scene.person(browser, "sofia", size));
  await administrator(await scene.person(browser, "ines", size), await scene.person(browser, "aude", size));
} finally {
  await browser.end();
  await scene.end();
}
const files = (await readdir(folder)).filter((name) => name.endsWith(".png")).map((name) => path.join(folder, name));
execFileSync("pngquant", ["--force", "--strip", "--speed", "1", "--ext", ".png", "48", ...files], { stdio: "inherit" });
for (const file of files) console.log(`${path.basename(file).padEnd(32)} ${String((await stat(file)).size).padStart(7)} bytes`);
