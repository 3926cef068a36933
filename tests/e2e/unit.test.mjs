// The unit agent's day, by keyboard alone: filters and views, holds, redirects between two units, two agents at once, absence, the alarm of a
// danger, one printed page.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ask, Browser, listening, together } from "./lib/browser.mjs";
import { Service } from "./lib/service.mjs";

const east = "utpas-roubaix-est";
const west = "utpas-roubaix-ouest";
const half_lease_ms = 62_000; // of two minutes, and a look at it
const service = new Service();
const browser = new Browser();
const people = {};
let operator, amina, bruno, denis, rent, food, aid;

const call = (note, bannette, more = {}) =>
  ask(operator, "requests", { note, commune: "Roubaix", address: "12 avenue Motte", caller: { name: "Mme Benali", phone: "06 39 98 12 34" }, bannette, ...more });
const openRow = async (person, id) => {
  await person.page.focus(`.row-button[data-id="${id}"]`);
  await person.press("Enter");
  await person.until((wanted) => document.querySelector("#dossier-title")?.innerText.includes(wanted) && document.activeElement.id === "dossier-title", [rent, food, aid].find((one) => one?.id === id)?.reference ?? "");
};
const says = (person, pattern, selector = ".dossier [role=status]") =>
  person.until(([selector, pattern]) => new RegExp(pattern).test(document.querySelector(selector)?.innerText ?? ""), [selector, pattern]);

before(async () => {
  await service.start();
  for (const [name, role, ...units] of [["odile", "operator"], ["amina", "agent", east], ["bruno", "agent", east], ["denis", "agent", west]])
    people[name] = await service.addUser(name, role, ...units);
  await browser.start();
  operator = await browser.person(service, "odile", people.odile);
  amina = await browser.person(service, "amina", people.amina, { viewport: { width: 1366, height: 768 }, script: listening });
  bruno = await browser.person(service, "bruno", people.bruno);
  denis = await browser.person(service, "denis", people.denis);
  rent = await call("Loyer impayé depuis trois mois.", `${east}/social`);
  food = await call("Demande d'aide alimentaire.", `${east}/social`);
  aid = await call("Sa mère âgée a besoin d'une aide à domicile.", `${west}/autonomie`);
});
after(async () => {
  await browser.end();
  await service.end();
});

test("F1 lists the keys, and the focus goes back to where it was", async () => {
  await amina.until(() => document.querySelectorAll(".row").length === 2);
  await amina.page.focus(".row-button");
  const before = await amina.page.evaluate(() => document.activeElement.dataset.id);
  await amina.press("F1");
  await amina.sees("dialog.help button:focus");
  await amina.state("unit-help");
  await amina.press("F2"); // keys of the screen behind do nothing now
  await amina.press("F1");
  await amina.sees("dialog.help", { state: "detached" });
  assert.equal(await amina.page.evaluate(() => document.activeElement.dataset.id), before);
  assert.equal(await amina.page.locator(".dossier").count(), 0);
});

test("a filter is saved as a view, which follows the person and stays in no browser", async () => {
  await amina.page.selectOption("#filter-topic", { index: 1 });
  await amina.until(() => document.querySelectorAll(".row").length === 1);
  await amina.choose("Enregistrer cette vue…");
  await amina.sees("#view-name:focus");
  await amina.press("Enter");
  await amina.sees("#view-error");
  await amina.page.keyboard.type("Un motif");
  await amina.press("Enter");
  await amina.sees("#filter-view");
  await amina.choose("Tout afficher");
  await amina.until(() => document.querySelectorAll(".row").length === 2);
  await amina.page.reload();
  await amina.sees("#filter-view");
  await amina.page.selectOption("#filter-view", { label: "Un motif" });
  await amina.until(() => document.querySelectorAll(".row").length === 1);
  await amina.state("unit-view");
  await amina.choose("Supprimer cette vue");
  await amina.sees("#filter-view", { state: "detached" });
  await amina.choose("Tout afficher");
});

test("two reserve the same one at the same moment: one gets it, the other is refused with a name", async () => {
  for (const agent of [amina, bruno]) await openRow(agent, rent.id);
  await together([amina, bruno], "**/reserve");
  await Promise.all([amina, bruno].map((agent) => agent.press("F8")));
  const holders = [];
  for (const agent of [amina, bruno]) {
    await agent.sees(".lease .countdown, .dossier [role=alert] .notice.error");
    if ((await agent.page.locator(".lease .countdown").count()) > 0) holders.push(agent);
  }
  assert.equal(holders.length, 1, "exactly one holds it");
  const [winner] = holders;
  const loser = winner === amina ? bruno : amina;
  assert.match(await loser.text(".dossier [role=alert] .notice.error"), new RegExp(`${winner.name} a été plus rapide`));
  await loser.state("agent-refused");
  await winner.press("Shift+F8");
  await loser.sees(".dossier .state-waiting");
  for (const agent of [amina, bruno]) {
    await agent.page.unroute("**/reserve");
    await agent.press("Escape");
  }
});

test("two take the same one from the list: the second reads who was faster", async () => {
  await bruno.page.waitForSelector(`.row-button[data-id="${food.id}"]`);
  let release;
  const taken = new Promise((resolve) => (release = resolve));
  await bruno.page.route("**/take", async (route) => {
    await taken; // bruno's own page must not hear of it before it asks
    await route.continue();
  });
  await bruno.page.focus(`.row-button[data-id="${food.id}"]`);
  await bruno.press("F9");
  await bruno.sees(".dossier");
  await ask(amina, `dossiers/${food.id}/take`, {});
  release();
  await says(bruno, "amina a été plus rapide", ".dossier [role=alert]");
});

test("a reservation is prolonged while it is open, and given back to its place", async () => {
  await bruno.page.clock.install();
  await bruno.page.reload();
  await bruno.page.waitForSelector(`.row-button[data-id="${rent.id}"]`);
  await openRow(bruno, rent.id);
  await bruno.press("F8");
  await bruno.sees(".lease .countdown");
  const renewed = bruno.page.waitForResponse("**/renew");
  await bruno.page.clock.fastForward(half_lease_ms);
  assert.equal((await renewed).status(), 200);
  await bruno.press("Shift+F8");
  await says(bruno, "de retour dans la bannette");
});

test("a hold asks for a coded reason and a date to come, and resumes", async () => {
  await openRow(amina, food.id);
  await amina.press("F7");
  await amina.sees("#act-why:focus");
  await amina.press("Control+Enter");
  await amina.sees("#act-why-error");
  await amina.page.selectOption("#act-why", "other");
  await amina.page.fill("#act-until", "2026-01-01T09:00");
  await amina.press("Control+Enter");
  await amina.sees("#act-until-error");
  await amina.choose("dans une semaine");
  await amina.page.focus("#act-why");
  await amina.press("Control+Enter");
  await amina.sees("#act-text:focus"); // "autre" needs words
  await amina.state("unit-hold");
  await amina.page.keyboard.type("En vacances.");
  await amina.press("Escape"); // typed text is not thrown away
  await amina.press("Control+Enter");
  await says(amina, "est suspendue");
  await amina.until(() => /Suspendue · autre, jusqu’au/.test(document.querySelector(".history")?.innerText));
  await amina.state("unit-on-hold");
  await amina.press("F7");
  await says(amina, "vous la reprenez");
});

test("a redirect is refused with a reason, proposed again, withdrawn, proposed again and accepted", async () => {
  const held = await ask(denis, `dossiers/${aid.id}/take`, {});
  await openRow(denis, aid.id);
  const propose = async () => {
    await denis.press("Shift+F7");
    await denis.sees("#act-to:focus");
    await denis.page.selectOption("#act-to", `${east}/autonomie`);
    await denis.page.selectOption("#act-why", "wrong_territory");
    await denis.press("Control+Enter");
    await says(denis, "est proposée");
  };
  await propose();
  await denis.state("unit-proposed");
  await amina.press("Escape");
  await amina.choose(/^Proposées 1/);
  await openRow(amina, aid.id);
  await amina.state("unit-offered");
  await amina.press("Shift+F7");
  await amina.sees("#act-why:focus");
  await amina.page.selectOption("#act-why", "not_competent");
  await amina.press("Control+Enter");
  await denis.until((text) => document.querySelector(".history")?.innerText.includes(text), "Proposition refusée par UTPAS Roubaix-Est : Autonomie · pas de notre compétence");
  assert.match(await denis.text(".history"), /Contenu lu · par une proposition/);
  await propose();
  await denis.press("Shift+F7");
  await says(denis, "la proposition est retirée");
  await propose();
  await amina.choose(/^Proposées 1/);
  await openRow(amina, aid.id);
  await amina.press("F9");
  await says(amina, "attend dans votre bannette");
  await denis.until(() => /plus dans vos bannettes|est maintenant/.test(document.querySelector("bn-dossier")?.innerText));
  assert.equal(held.header.bannette, `${west}/autonomie`);
});

test("a copy, an outcome, a reopening by reference, and a return to the switchboard", async () => {
  await amina.choose(/^Ouvertes/);
  await openRow(amina, food.id);
  await amina.choose("Mettre en copie");
  await amina.sees("#act-to:focus");
  await amina.page.selectOption("#act-to", `${west}/social`);
  await amina.press("Control+Enter");
  await says(amina, "la copie est donnée");
  await denis.choose(/^En copie 1/);
  await openRow(denis, food.id);
  await amina.press("F10");
  await amina.page.selectOption("#act-outcome", "answered");
  await amina.press("Control+Enter");
  await says(amina, "est traitée");
  await amina.press("Escape");
  await amina.press("F3");
  await amina.page.keyboard.type(food.reference.replace("-", "").toLowerCase());
  await amina.press("Enter");
  await amina.sees("#dossier-title:focus");
  await amina.press("F9");
  await amina.sees("#act-text:focus");
  await amina.press("Control+Enter");
  await says(amina, "est rouverte");
  await amina.choose("Rendre au standard");
  await amina.page.selectOption("#act-why", "incomplete");
  await amina.press("Control+Enter");
  await says(amina, "est rendue au standard", ".said");
  assert.equal(await amina.page.locator(".dossier").count(), 0);
  await amina.page.fill("#filter-text", "");
});

test("a duplicate is joined to the other, which says so", async () => {
  const twin = await call("Elle rappelle pour son loyer impayé.", `${east}/social`);
  await amina.page.waitForSelector(`.row-button[data-id="${twin.id}"]`);
  await amina.page.focus(`.row-button[data-id="${twin.id}"]`);
  await amina.press("F9");
  await says(amina, "vous la prenez en charge");
  await amina.choose("Rattacher à une autre");
  await amina.sees("#act-into:focus");
  await amina.page.keyboard.type(rent.reference.replace(/.$/, (last) => (last === "7" ? "9" : "7")));
  await amina.press("Control+Enter");
  await amina.sees("#act-into-error"); // the check character
  await amina.page.fill("#act-into", rent.reference);
  await amina.press("Control+Enter");
  await says(amina, "est rattachée à l’autre demande");
  await openRow(amina, rent.id);
  assert.match(await amina.text(".history"), new RegExp(`${twin.reference} y est rattachée`));
});

test("one that is handled is closed for good, by keyboard", async () => {
  const done = await call("Demande un colis alimentaire.", `${east}/social`);
  await amina.press("Escape");
  await amina.page.waitForSelector(`.row-button[data-id="${done.id}"]`);
  await amina.page.focus(`.row-button[data-id="${done.id}"]`);
  await amina.press("F9");
  await says(amina, `${done.reference}.*vous la prenez en charge`);
  await amina.press("F10");
  await amina.page.selectOption("#act-outcome", "answered");
  await amina.press("Control+Enter");
  await says(amina, "est traitée");
  await amina.choose("Clore");
  await says(amina, "est close");
  assert.doesNotMatch(await amina.text(".dossier"), /Rouvrir|Traiter/);
  await amina.press("Escape");
});

test("while somebody is away another acts on their dossiers", async () => {
  await ask(bruno, `dossiers/${rent.id}/take`, {});
  await bruno.choose("Absence");
  await bruno.sees("#absence-to");
  await bruno.page.selectOption("#absence-to", "amina");
  await bruno.choose("Enregistrer l’absence");
  await bruno.sees("#absence-until-error");
  await bruno.page.fill("#absence-until", "2035-01-01T09:00");
  await bruno.choose("Enregistrer l’absence");
  await bruno.sees("#absence-until:focus"); // a year at most
  const soon = new Date(Date.now() + 86_400_000).toISOString().slice(0, 16);
  await bruno.page.fill("#absence-until", soon);
  await bruno.choose("Enregistrer l’absence");
  await bruno.sees(".standing");
  await bruno.state("unit-absence");
  await amina.page.reload();
  await amina.until(() => document.querySelector("bn-agent")?.innerText.includes("Vous remplacez bruno"));
  await openRow(amina, rent.id);
  await amina.press("F4");
  await amina.sees("#act-note:focus");
  await amina.page.keyboard.type("Plan d'apurement accepté.");
  await amina.press("Control+Enter");
  await says(amina, "Note enregistrée");
  await amina.state("unit-stand-in");
  await bruno.choose("Y mettre fin");
  await bruno.sees(".standing", { state: "detached" });
});

test("a dossier is printed on one A4 page", async () => {
  const long = "Elle raconte longuement ses démarches. ".repeat(220);
  await ask(amina, `dossiers/${aid.id}/take`, {});
  for (let i = 0; i < 3; ++i) await ask(amina, `dossiers/${aid.id}/notes`, { fence: (await header(aid.id)).fence, text: long.slice(0, 3900) });
  for (const id of [rent.id, aid.id]) {
    await openRow(amina, id);
    const pdf = (await amina.page.pdf({ preferCSSPageSize: true })).toString("latin1");
    assert.equal(pdf.match(/\/Type\s*\/Page(?![s\w])/g)?.length, 1);
    assert.match(pdf, /\/MediaBox\s*\[0 0 59[45][.\d]* 84[12]/);
  }
  await openRow(amina, rent.id);
  await amina.page.emulateMedia({ media: "print" });
  const paper = await amina.text("body");
  for (const text of [rent.reference, "Loyer impayé depuis trois mois.", "Mme Benali", "06 39 98 12 34", "12 avenue Motte", "Plan d'apurement accepté."]) assert.ok(paper.includes(text), text);
  assert.doesNotMatch(paper, /Se déconnecter|Aller au contenu|Prendre la suivante|Traiter|Filtrer|Chiffres de l’unité|Votre premier jour/);
  const beside = await amina.page.evaluate(() => [...document.querySelectorAll("body *")].filter((one) => !one.closest(".sheet") && one.checkVisibility() && [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "")).map((one) => one.outerHTML.slice(0, 80)));
  assert.deepEqual(beside, [], "nothing but the sheet is on the paper");
  await amina.page.emulateMedia({ media: "screen" });
  assert.match(await amina.text("body"), /Se déconnecter/);
});

test("a danger is heard, notified without content, said by the live region, and acknowledged with one key", async () => {
  const { page } = amina;
  await amina.choose("Son");
  await amina.choose("Notification");
  await amina.until(() => globalThis.heard.length > 0); // one hears what one has chosen
  await page.evaluate(() => (globalThis.heard = []));
  const danger = await call("Un enfant de 4 ans est frappé par son père en ce moment.", `${east}/enfance`, { danger: true, urgency: "immediate" });
  await amina.sees(".alert-strip");
  await amina.until((reference) => document.querySelector("[role=alert].visually-hidden")?.textContent.includes(reference), danger.reference);
  const heard = await page.evaluate(() => globalThis.heard);
  assert.ok(heard.includes("tone"));
  assert.ok(heard.includes("Bannette: Une demande en danger attend d’être acquittée."), heard.join());
  await amina.choose(/^Ouvrir /);
  await amina.until((reference) => document.querySelector("#dossier-title")?.innerText.includes(reference), danger.reference);
  await amina.state("unit-danger");
  await amina.press("Shift+F9");
  await says(amina, "le danger est acquitté");
  await amina.sees(".alert-strip", { state: "detached" });
});

test("after a reload the browser keeps the sound asleep: the screen says so, and a click wakes it", async () => {
  const { page } = amina;
  await page.reload();
  await amina.until(() => document.querySelector("[data-sound]")?.innerText.includes("cliquez pour l’activer"));
  assert.equal(await page.getAttribute("[data-sound]", "aria-pressed"), "false");
  await amina.state("unit-sound-asleep");
  await page.click("[data-sound]");
  await amina.until(() => document.querySelector("[data-sound]").getAttribute("aria-pressed") === "true" && globalThis.heard.includes("tone"));
});

test("320 pixels, high contrast, dark, twice as large: nothing is cut off", async () => {
  const narrow = await browser.person(service, "bruno", people.bruno, { viewport: { width: 320, height: 640 }, colorScheme: "dark", reducedMotion: "reduce" });
  await narrow.sees(".row");
  await narrow.state("unit-narrow-list");
  await narrow.press("ArrowDown");
  await narrow.press("Enter");
  await narrow.sees(".dossier");
  for (const [look, name] of [[{}, "narrow"], [{ forcedColors: "active" }, "forced-colors"]]) {
    await narrow.page.emulateMedia(look);
    assert.ok((await narrow.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, name);
    await narrow.state(`unit-${name}`);
  }
  await narrow.page.emulateMedia({ forcedColors: "none" });
  await narrow.page.setViewportSize({ width: 683, height: 384 }); // 1366 by 768 at 200 %
  assert.ok((await narrow.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, "200 %");
  await narrow.leave();
});

test("nothing stays behind", async () => {
  for (const person of [operator, amina, bruno, denis]) await person.leave();
});

const header = async (id) => (await amina.page.evaluate(async (id) => (await fetch(`/api/v1/dossiers/${id}`)).json(), id)).header;
