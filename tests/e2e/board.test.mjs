// The supervisor's board: what cannot wait is acknowledged, what nobody else may decide is decided, what arrived is counted, and the wall
// tells nothing of anybody. By keyboard alone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { readFile } from "node:fs/promises";
import { ask, Browser, logCall, retold } from "./lib/browser.mjs";
import { Service } from "./lib/service.mjs";

const service = new Service();
const browser = new Browser();
let supervisor, operator, passwords, inDanger, unplaced;

before(async () => {
  await service.start();
  passwords = {
    aude: await service.addUser("aude", "auditor"),
    odile: await service.addUser("odile", "operator"),
    amina: await service.addUser("amina", "agent", "utpas-roubaix-est"),
    denis: await service.addUser("denis", "agent", "utpas-roubaix-ouest"),
    sofia: await service.addUser("sofia", "supervisor"),
    stella: await service.addUser("stella", "agent", "standard"),
  };
  await browser.start();
  supervisor = await browser.person(service, "sofia", passwords.sofia);
  operator = await browser.person(service, "odile", passwords.odile);
  inDanger = await logCall(operator, {
    name: "Mme Diallo", commune: "Roubaix", address: "12 avenue Motte",
    note: "Un enfant de 4 ans est frappé par son père, la voisine l'entend crier en ce moment.",
  });
  await operator.press("F2");
  await operator.until(() => document.querySelector("#f-note")?.value === "");
  unplaced = await logCall(operator, { name: "M. Benali", commune: "Valenciennes", note: "Il demande une aide pour payer sa facture d'électricité." });
  await operator.leave();
});
after(async () => {
  await browser.end();
  await service.end();
});

test("a danger stands on top until it is acknowledged, and the journal of alerts says who did", async () => {
  await supervisor.sees(".escalations.alarm");
  assert.match(await supervisor.text(".escalations"), new RegExp(inDanger));
  await supervisor.sees("#chart-dossiers canvas");
  assert.match(await supervisor.text("#chart-dossiers figcaption"), /en attente : \d maintenant/);
  await supervisor.state("board-danger");
  await supervisor.choose("Acquitter");
  await supervisor.until(() => document.querySelector(".escalations:not(.alarm)"));
  await supervisor.until(() => [...document.querySelectorAll(".journal tbody tr")].some((row) => row.textContent.includes("Danger acquitté") && row.textContent.includes("par sofia")));
});

test("definitions have a version; that each figure has one is looked at in every state", async () => {
  assert.match(await supervisor.page.locator(".definitions dd").last().textContent(), /définition n°\s\d/);
});

test("a dossier that no rule could place is moved by the supervisor, who does not read it", async () => {
  await supervisor.press("F3");
  await supervisor.sees(".case");
  assert.match(await supervisor.text(".case h3"), new RegExp(unplaced));
  assert.doesNotMatch(await supervisor.text("main"), /Benali|électricité/);
  await supervisor.choose(/^Déplacer$/);
  await supervisor.sees("#act-to:focus");
  await supervisor.press("Control+Enter");
  await supervisor.sees("#act-to[aria-invalid]");
  await supervisor.state("board-arbitration");
  await supervisor.page.selectOption("#act-to", "utpas-roubaix-est/social");
  await supervisor.page.selectOption("#act-why", "wrong_territory");
  // Words that were not sent: neither another view nor leaving loses them unasked.
  await supervisor.page.fill("#act-text", "Il vient d’emménager.");
  await supervisor.press("F2");
  await supervisor.choose("Se déconnecter");
  await supervisor.sees("dialog[open] #confirm-title");
  assert.match(await supervisor.text("dialog[open]"), /sera perdue/);
  await supervisor.press("Enter"); // the focus is on "stay"
  const closing = await supervisor.page.evaluate(() => !window.dispatchEvent(new Event("beforeunload", { cancelable: true })));
  assert.equal(closing, true, "the page closes without a question");
  await supervisor.press("F3");
  await supervisor.choose(/^Déplacer$/);
  await supervisor.until(() => document.querySelector("#act-text")?.value === "Il vient d’emménager.");
  await supervisor.page.selectOption("#act-to", "utpas-roubaix-est/social");
  await supervisor.page.selectOption("#act-why", "wrong_territory");
  await supervisor.page.focus("#act-why");
  await supervisor.press("Control+Enter");
  await supervisor.sees("bn-arbitration .notice.ok");
  await supervisor.until(() => !document.querySelector(".case"));
});

test("a look into a unit's dossier asks why, and the unit and the auditor are shown it", async () => {
  const { page } = supervisor;
  await supervisor.press("F2");
  const row = page.locator(".figures tbody tr", { hasText: "Roubaix-Est : Service social" });
  assert.equal(await row.locator("td:has(.cell-label:text-is('Non lues'))").innerText(), "1");
  await row.locator(".row-button").press("Enter");
  await supervisor.sees("[data-look]");
  await page.locator(".tray-headers li", { hasText: unplaced }).locator("[data-look]").press("Enter");
  await supervisor.sees("#look-purpose:focus");
  await supervisor.press("Control+Enter");
  await supervisor.sees("#look-purpose-error");
  assert.doesNotMatch(await supervisor.text("body"), /Benali|électricité/);
  await supervisor.state("board-look-why");
  await page.selectOption("#look-purpose", "other");
  await supervisor.press("Control+Enter");
  await supervisor.sees("#look-text:focus"); // another reason needs words
  await page.keyboard.type("Il a rappelé deux fois.");
  await supervisor.press("Control+Enter");
  await supervisor.until(() => /électricité/.test(document.querySelector("dialog.look")?.innerText));
  await supervisor.state("board-look");
  await supervisor.press("Escape");
  await supervisor.sees("[data-look]:focus");
  // The browser gives the focus back before it tells that the dialog was closed.
  await supervisor.until(() => !/Benali|électricité/.test(document.documentElement.outerHTML));

  const amina = await browser.person(service, "amina", passwords.amina);
  await amina.page.locator(".row-button", { hasNotText: "danger" }).first().waitFor();
  await amina.page.fill("#filter-text", unplaced);
  await amina.page.press("#filter-text", "Enter");
  await amina.until(() => document.querySelector(".history")?.innerText.includes("Il a rappelé deux fois."));
  assert.match(await amina.text(".history"), /Contenu lu · autre[^]*sofia/);
  await amina.leave();
  await supervisor.until(() => [...document.querySelectorAll(".figures tbody tr")].some((row) => row.innerText.includes("Roubaix-Est : Service social") && /Non lues\s*0/.test(row.textContent)));

  const aude = await browser.person(service, "aude", passwords.aude);
  await aude.page.evaluate(() => (location.hash = "tableau"));
  await aude.sees(".board .tiles");
  await aude.press("F7");
  await aude.until((reference) => document.querySelector(".report-table")?.innerText.includes(reference), unplaced);
  await aude.page.fill("#reads-person", "sofia");
  await aude.page.press("#reads-person", "Enter");
  await aude.until(() => document.querySelectorAll(".report-table tbody tr").length === 1);
  assert.match(await aude.text(".report-table tbody"), /sofia[^]*Contenu lu[^]*Autre/);
  await aude.page.fill("#reads-person", "");
  await aude.page.fill("#reads-reference", unplaced);
  await aude.page.press("#reads-reference", "Enter");
  await aude.until(() => /Il a rappelé deux fois\./.test(document.querySelector(".report-table")?.innerText) && document.querySelectorAll(".report-table tbody tr").length === 2);
  await aude.state("board-reads");
  await aude.leave();
});

test("reports count by unit, and are taken away as a file that a spreadsheet opens safely", async () => {
  await supervisor.press("F4");
  await supervisor.sees(".report-table tbody tr");
  await supervisor.page.selectOption("#report-by", "unit");
  await supervisor.page.locator(".report-form .primary").press("Enter");
  await supervisor.until(() => document.querySelectorAll(".report-table thead th").length === 13);
  assert.match(await supervisor.text(".report-table tbody"), /UTPAS Roubaix-Est\s+2/);
  await supervisor.state("board-reports");
  const [file] = await Promise.all([supervisor.page.waitForEvent("download"), supervisor.page.locator(".reports .actions .button").first().press("Enter")]);
  assert.match(file.suggestedFilename(), /^bannette-rapport-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/);
  const text = await readFile(await file.path(), "utf8");
  assert.ok(text.startsWith("\uFEFFDu;Au;Unité;Demandes arrivées;"), text);
  assert.match(text, /;UTPAS Roubaix-Est;2;1;/);
});

test("what a unit returned to the switchboard is before whoever works there and before the supervisor, and goes on", async () => {
  const amina = await browser.person(service, "amina", passwords.amina);
  await amina.page.locator(".row-button", { hasNotText: "danger" }).first().focus();
  await amina.press("F9");
  await amina.sees(".dossier .state-in_progress");
  await amina.choose("Rendre au standard");
  await amina.page.selectOption("#act-why", "incomplete");
  await amina.press("Control+Enter");
  await amina.until(() => document.querySelector(".said")?.innerText.includes("est rendue au standard"));
  await supervisor.press("F3");
  await supervisor.until((reference) => /Standard/.test(document.querySelector(".case")?.innerText) && document.querySelector(".case h3").innerText.includes(reference), unplaced);
  await supervisor.state("board-returned");

  const stella = await browser.person(service, "stella", passwords.stella);
  await stella.page.locator(".row-button").first().focus();
  await stella.press("F8");
  await stella.sees(".lease .countdown");
  assert.match(await stella.text(".dossier"), new RegExp(unplaced));
  await supervisor.until(() => !document.querySelector(".case"));
  await stella.press("Shift+F8");
  await supervisor.sees(".case");
  await supervisor.choose(/^Déplacer$/);
  await supervisor.sees("#act-to:focus");
  await supervisor.page.selectOption("#act-to", "utpas-roubaix-est/social");
  await supervisor.page.selectOption("#act-why", "wrong_territory");
  await supervisor.page.focus("#act-why");
  await supervisor.press("Control+Enter");
  await supervisor.until(() => !document.querySelector(".case"));
  await stella.until(() => document.querySelectorAll(".row").length === 0);
  for (const person of [amina, stella]) await person.leave();
});

test("a third redirect: the other unit reads that it cannot accept it, the supervisor does", async () => {
  const [amina, denis] = [await browser.person(service, "amina", passwords.amina), await browser.person(service, "denis", passwords.denis)];
  const id = await amina.page.locator(".row-button", { hasNotText: "danger" }).first().getAttribute("data-id");
  const propose = async (from, to) => {
    const { header } = await ask(from, `dossiers/${id}/take`, {});
    await ask(from, `dossiers/${id}/propose`, { fence: header.fence, to: `utpas-roubaix-${to}/social`, why: "wrong_territory" });
  };
  for (const [from, to, next] of [[amina, "ouest", denis], [denis, "est", amina]]) {
    await propose(from, to);
    await ask(next, `dossiers/${id}/accept-proposal`, {});
  }
  await propose(amina, "ouest");
  await denis.choose(/^Proposées 1/);
  await denis.page.focus(`.row-button[data-id="${id}"]`);
  await denis.press("Enter");
  await denis.until(() => /seule la supervision peut accepter/.test(document.querySelector(".offer")?.innerText));
  await denis.sees('[data-act="refuse-proposal"]');
  assert.equal(await denis.page.locator('[data-act="accept-proposal"]').count(), 0);
  await supervisor.press("F3");
  await supervisor.until(() => /2 changements de bannette/.test(document.querySelector(".case")?.innerText));
  await supervisor.state("board-third");
  await supervisor.choose(/^Accepter$/);
  await supervisor.until(() => !document.querySelector(".case") && /attend dans l’autre bannette/.test(document.querySelector(".notice.ok")?.innerText));
  await denis.choose(/^Ouvertes/);
  await denis.sees(`.row-button[data-id="${id}"]`);
  for (const person of [amina, denis]) await person.leave();
});

test("the wall: no reference, no name, and it finds itself again after a reload", async () => {
  await supervisor.press("F2");
  await supervisor.press("F8");
  await supervisor.sees(".wall .bigs");
  await retold(supervisor.page, (items) => items.map((each) => ({ ...each, unattended: each.bannette === "utpas-roubaix-est/social", restricted_unattended: each.bannette === "utpas-roubaix-est/enfance" }))); // after minutes of a day of work
  await supervisor.page.reload();
  await supervisor.sees(".wall .bigs");
  await supervisor.until(() => document.querySelector(".wall-clock")?.innerText.includes(":"));
  const shown = await supervisor.text("body");
  for (const secret of [inDanger, unplaced, "sofia", "Diallo", "Benali"]) assert.ok(!shown.includes(secret), secret);
  await supervisor.page.setViewportSize({ width: 1920, height: 1080 });
  await supervisor.sees(".wall-table .badge");
  assert.match(await supervisor.text(".wall-table"), /non surveillée[^]*sans personne habilitée|sans personne habilitée[^]*non surveillée/);
  await supervisor.state("board-wall");
  await supervisor.choose("Ce que disent ces chiffres");
  const small = await supervisor.page.evaluate(() => {
    const shown = document.createNodeIterator(document.querySelector(".wall"), NodeFilter.SHOW_TEXT);
    const sizes = [];
    for (let text = shown.nextNode(); text; text = shown.nextNode()) {
      const { parentElement } = text;
      if (text.data.trim() === "" || parentElement.closest(".button, summary") || !parentElement.checkVisibility()) continue;
      sizes.push([parseFloat(getComputedStyle(parentElement).fontSize), text.data.trim()]);
    }
    return sizes.filter(([px]) => px < 42);
  });
  assert.deepEqual(small, []);
  await supervisor.state("board-wall-definitions");
  await supervisor.press("Escape");
  await supervisor.sees(".board .tiles");
  assert.match(await supervisor.text(".tiles"), /Non surveillées\s+2/);
});

test("at 320 pixels, at 200 %, at 1280 and in forced colours nothing is beside the page", async () => {
  const { page } = supervisor;
  for (const [name, width, height] of [["320", 320, 800], ["zoom", 640, 400], ["1280", 1280, 800]]) {
    await page.setViewportSize({ width, height });
    for (const key of ["F2", "F3", "F4"]) {
      await supervisor.press(key);
      await supervisor.sees(`[data-view][aria-pressed="true"]:focus`);
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(beyond, 0, `${name} ${key}`);
    }
    await supervisor.press("F2");
    await supervisor.sees(".board .tiles");
    await supervisor.state(`board-${name}`);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
  await supervisor.state("board-forced");
  await supervisor.leave();
});
