// The service stops while an operator types: the page says so, keeps the text, and sends it when the service is back. And a line that was cut
// or too slow: what others did meanwhile is there when it is back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ask, Browser, lineOf } from "./lib/browser.mjs";
import { Service } from "./lib/service.mjs";

const service = new Service();
const browser = new Browser();
const note = "Facture d'électricité impayée, coupure annoncée pour lundi.";
let password, amina, sofia;
let operator;

before(async () => {
  await service.start();
  password = await service.addUser("odile", "operator");
  await browser.start();
});
after(async () => {
  await browser.end();
  await service.end();
});

test("the connection is lost and the draft stays", async () => {
  operator = await browser.person(service, "odile", password);
  await operator.page.fill("#f-commune", "Roubaix");
  await operator.page.fill("#f-address", "12 avenue Motte");
  await operator.page.fill("#f-note", note);
  await operator.sees(".routing .destination");
  assert.equal(await service.stop(), 0);
  await operator.sees(".banner.lost");
  assert.match(await operator.text(".banner.lost"), /Connexion perdue/);
  assert.equal(await operator.page.inputValue("#f-note"), note);
  await operator.press("Control+Enter");
  await operator.sees(".send .notice.warn");
  assert.match(await operator.text(".send .notice.warn"), /ne sait pas/);
  await operator.state("operator-lost");
});

test("the service comes back and the same draft is sent once", async () => {
  await service.start(service.address);
  await operator.sees(".banner.lost, #login-name", { state: "visible" });
  // Sessions may or may not outlive the service: log in again where they did not.
  await operator.until(() => document.querySelector("#login-name") || !document.querySelector(".banner.lost"));
  if ((await operator.page.locator("#login-name").count()) > 0) {
    await operator.state("login-expired");
    await operator.login("odile", password);
  }
  await operator.until((text) => document.querySelector("#f-note")?.value === text, note);
  await operator.press("Control+Enter");
  await operator.sees(".receipt.durable");
  await operator.press("F4");
  const reference = (await operator.text(".big-reference strong")).trim();
  await operator.page.fill("#find-text", reference);
  await operator.press("Enter");
  await operator.sees(".found-item");
  await operator.press("Escape");
});

const social = "utpas-roubaix-est/social";
const logged = (text) => ask(operator, "requests", { note: text, commune: "Roubaix", address: "12 avenue Motte", bannette: social });

// The agent's rows by their states, and the counts of both screens, are what the service has.
async function shows(waiting, inProgress) {
  await amina.until(([waiting, inProgress]) => {
    const [row] = [...document.querySelectorAll(".unit-figures tbody tr")].filter((each) => /Service social/.test(each.innerText));
    const figures = row?.textContent ?? "";
    return document.querySelectorAll(".row .state-waiting").length === waiting && document.querySelectorAll(".row .state-in_progress").length === inProgress &&
      figures.includes(`En attente${waiting}`) && figures.includes(`En cours${inProgress}`);
  }, [waiting, inProgress]);
  await sofia.until(([waiting, inProgress]) => {
    const figure = (label) => [...document.querySelectorAll(".tile")].find((tile) => tile.querySelector("dt").innerText === label)?.querySelector("dd").innerText;
    const [row] = [...document.querySelectorAll(".trays tbody tr")].filter((each) => /Roubaix-Est : Service social/.test(each.textContent));
    return figure("En attente") === `${waiting}` && figure("En cours") === `${inProgress}` && row?.textContent.includes(`En attente${waiting}`) && row.textContent.includes(`En cours${inProgress}`) &&
      document.querySelectorAll(".tray-headers .state-waiting").length === waiting && document.querySelectorAll(".tray-headers .state-in_progress").length === inProgress;
  }, [waiting, inProgress]);
}

test("an agent's and the board's line are cut while others work: when they are back, each row and each count is as it is", async () => {
  amina = await browser.person(service, "amina", await service.addUser("amina", "agent", "utpas-roubaix-est"));
  sofia = await browser.person(service, "sofia", await service.addUser("sofia", "supervisor"));
  const lines = [];
  for (const { page } of [amina, sofia]) {
    lines.push(await lineOf(page));
    await page.reload();
  }
  await sofia.page.locator(".figures .row-button", { hasText: "Roubaix-Est : Service social" }).press("Enter");
  await shows(1, 0);
  const { items: [first] } = await amina.page.evaluate(async () => (await fetch("/api/v1/tray?limit=10")).json());
  for (const line of lines) line.break();
  for (const person of [amina, sofia]) await person.sees(".banner.lost");
  await ask(amina, `dossiers/${first.id}/take`, {}); // from elsewhere: this page does not hear of it
  const second = await logged("Demande d'aide alimentaire.");
  await logged("Loyer impayé depuis trois mois.");
  assert.equal(await amina.page.locator(".row .state-waiting").count(), 1);
  for (const line of lines) line.cut = false;
  await shows(2, 1);
  for (const person of [amina, sofia]) assert.equal(await person.page.locator(".banner").count(), 0);

  // A line that was too slow is told so: nothing that was dropped is missing after it.
  for (const line of lines) line.deaf = true;
  await ask(amina, `dossiers/${second.id}/take`, {});
  await logged("Dettes, huissier attendu.");
  assert.equal(await amina.page.locator(".row .state-in_progress").count(), 1);
  for (const line of lines) {
    line.deaf = false;
    line.say({ type: "resync" });
  }
  await shows(2, 2);
  for (const person of [amina, sofia, operator]) await person.leave();
});
