// What a unit agent has typed and asked for is neither lost nor done twice: lists that change under an open form, words that were not sent, answers
// that are lost or come late; and what is over is found again.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ask, Browser } from "./lib/browser.mjs";
import { Service } from "./lib/service.mjs";

const east = "utpas-roubaix-est";
const west = "utpas-roubaix-ouest";
const service = new Service();
const browser = new Browser();
let operator, amina, rent, later;

const call = (note) => ask(operator, "requests", { note, commune: "Roubaix", address: "12 avenue Motte", caller: { name: "Mme Benali", phone: "06 39 98 12 34" }, bannette: `${east}/social` });
const header = async (id) => (await amina.page.evaluate(async (id) => (await fetch(`/api/v1/dossiers/${id}`)).json(), id)).header;
const openRow = async (person, { id, reference }) => {
  await person.page.focus(`.row-button[data-id="${id}"]`);
  await person.press("Enter");
  await person.until((wanted) => document.querySelector("#dossier-title")?.innerText.includes(wanted) && document.activeElement.id === "dossier-title", reference);
};
const says = (person, pattern, selector = ".dossier [role=status]") =>
  person.until(([selector, pattern]) => new RegExp(pattern).test(document.querySelector(selector)?.innerText ?? ""), [selector, pattern]);

before(async () => {
  await service.start();
  const passwords = { odile: await service.addUser("odile", "operator"), amina: await service.addUser("amina", "agent", east) };
  await browser.start();
  operator = await browser.person(service, "odile", passwords.odile);
  amina = await browser.person(service, "amina", passwords.amina);
  rent = await call("Loyer impayé depuis trois mois.");
  await amina.sees(`.row-button[data-id="${rent.id}"]`);
});
after(async () => {
  await browser.end();
  await service.end();
});

test("a list that changes under an open form leaves the choice and the words as they are", async () => {
  later = await call("Elle demande un rendez-vous.");
  await amina.sees(`.row-button[data-id="${later.id}"]`);
  await ask(amina, `dossiers/${later.id}/take`, {});
  await openRow(amina, later);
  await amina.press("Shift+F7");
  await amina.sees("#act-to:focus");
  await amina.page.selectOption("#act-to", `${west}/social`);
  await amina.page.selectOption("#act-why", "other");
  await amina.page.fill("#act-text", "Elle a déménagé.");
  const { fence } = await header(later.id);
  await ask(amina, `dossiers/${later.id}/copy`, { fence, to: `${east}/autonomie` }); // stands before the chosen one
  await amina.sees(`#act-to option[value="${east}/autonomie"]`, { state: "detached" });
  const chosen = () => amina.page.evaluate(() => ["#act-to", "#act-why", "#act-text"].map((field) => document.querySelector(field).value));
  assert.deepEqual(await chosen(), [`${west}/social`, "other", "Elle a déménagé."]);
});

test("words that were not sent outlive another dossier, and are asked about before one leaves", async () => {
  await openRow(amina, rent);
  await openRow(amina, later);
  await amina.press("Shift+F7");
  await amina.until(() => document.querySelector("#act-text")?.value === "Elle a déménagé.");
  await amina.choose("Se déconnecter");
  await amina.sees("dialog[open] #confirm-title");
  assert.match(await amina.text("dialog[open]"), /sera perdue/);
  await amina.state("unit-leaving");
  await amina.press("Enter"); // the focus is on "stay"
  await amina.sees("#dossier-title");
  await amina.page.focus("#act-text");
  await amina.choose("Annuler");
  await amina.sees("#act-text", { state: "detached" });
});

test("an answer that is lost: the same again keeps its key, and is done once", async () => {
  const keys = [];
  await amina.page.route("**/notes", async (route) => {
    keys.push(route.request().headers()["idempotency-key"]);
    if (keys.length > 1) return route.continue();
    await route.fetch();
    await route.abort();
  });
  await amina.press("F4");
  await amina.sees("#act-note:focus");
  await amina.page.keyboard.type("Elle rappellera jeudi.");
  await amina.press("Control+Enter");
  await says(amina, "elle ne sera pas faite deux fois", ".dossier [role=alert]");
  await amina.press("Control+Enter");
  await says(amina, "Note enregistrée");
  await amina.page.unroute("**/notes");
  assert.equal(keys.length, 2);
  assert.equal(keys[0], keys[1]);
  assert.equal((await amina.text(".history")).split("Elle rappellera jeudi.").length - 1, 1);
  assert.equal(await amina.page.inputValue("#act-note"), "");
});

test("the answer to an action is told also where another dossier is on the screen, and does not hold that one up", async () => {
  let release;
  const other = new Promise((resolve) => (release = resolve));
  await amina.page.route("**/handle", async (route) => {
    await other;
    await route.continue();
  });
  await amina.press("F10");
  await amina.page.selectOption("#act-outcome", "answered");
  await amina.press("Control+Enter");
  await openRow(amina, rent);
  await amina.press("F8");
  await says(amina, "est réservée pour vous");
  release();
  await says(amina, `${later.reference} est traitée`, ".said");
  assert.match(await amina.text("#dossier-title"), new RegExp(rent.reference));
  await amina.press("Shift+F8");
  await says(amina, "de retour dans la bannette");
  await amina.page.unroute("**/handle");
});

test("what is over is a list of its own, with its search, also after a reload; it is reopened from there", async () => {
  await amina.page.reload();
  await amina.sees(".row");
  await amina.choose(/^Terminées/);
  await amina.until((id) => document.querySelector(`.row-button[data-id="${id}"]`), later.id);
  await amina.page.fill("#filter-text", later.reference);
  await amina.until(() => document.querySelectorAll(".row").length === 1);
  await amina.state("unit-ended");
  await amina.page.fill("#filter-text", "");
  // Narrowed by the server: to what is not there, and to what is.
  const narrowed = async (code, rows) => {
    const asked = amina.page.waitForRequest((request) => /tray\?ended=true/.test(request.url()) && request.url().endsWith(code && `&topic=${code}`));
    await amina.page.selectOption("#filter-topic", code);
    await asked;
    await amina.until((rows) => document.querySelectorAll(".row").length === rows && (rows > 0 || document.querySelector(".empty")), rows);
  };
  const { topic } = await header(later.id);
  const others = await amina.page.evaluate((topic) => [...document.querySelectorAll("#filter-topic option")].map(({ value }) => value).filter((value) => value && value !== topic), topic);
  await narrowed(others[0], 0);
  await narrowed(topic, 1);
  await narrowed("", 1);
  await openRow(amina, later);
  await amina.press("F9");
  await amina.sees("#act-text:focus");
  await amina.press("Control+Enter");
  await says(amina, "est rouverte");
  await amina.sees(`.row-button[data-id="${later.id}"]`, { state: "detached" });
  await amina.press("Escape");
  await amina.choose(/^Ouvertes/);
  await amina.sees(`.row-button[data-id="${later.id}"]`);
});

test("nothing stays behind", async () => {
  for (const person of [operator, amina]) await person.leave();
});
