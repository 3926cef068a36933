// A danger: everybody who must see it does, one acknowledges it without taking it in hand, and everybody sees that.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Browser, listening, logCall } from "./lib/browser.mjs";
import { Service } from "./lib/service.mjs";

const unit = "utpas-roubaix-est";
const service = new Service();
const browser = new Browser();
let agent, supervisor, reference;

before(async () => {
  await service.start();
  const passwords = {
    odile: await service.addUser("odile", "operator"),
    amina: await service.addUser("amina", "agent", unit),
    sofia: await service.addUser("sofia", "supervisor"),
  };
  await browser.start();
  supervisor = await browser.person(service, "sofia", passwords.sofia, { script: listening });
  await supervisor.choose("Son"); // off until asked for
  await supervisor.until(() => globalThis.heard.length > 0); // one hears what one has chosen
  await supervisor.page.evaluate(() => (globalThis.heard = []));
  agent = await browser.person(service, "amina", passwords.amina);
  const operator = await browser.person(service, "odile", passwords.odile);
  reference = await logCall(operator, {
    name: "Mme Diallo",
    commune: "Roubaix",
    address: "12 avenue Motte",
    note: "Un enfant de 4 ans est frappé par son père, la voisine l'entend crier en ce moment.",
  });
  await operator.leave();
});
after(async () => {
  await browser.end();
  await service.end();
});

test("the board and the bannette say that nobody has acknowledged it, and the board is heard", async () => {
  await supervisor.sees(".figures tbody .under");
  await supervisor.until(() => globalThis.heard.includes("tone"));
  assert.match(await supervisor.text(".figures tbody tr"), /1 non acquitté/);
  await supervisor.page.locator(".figures .row-button").first().click();
  await supervisor.until(() => document.querySelector(".tray-headers .header-line")?.innerText.includes("non acquitté"));
  await supervisor.state("supervisor-danger");
  await agent.sees(".row .badge.doubt");
  assert.match(await agent.text(".row"), new RegExp(reference));
});

test("an agent acknowledges it, and the others see it without asking again", async () => {
  await agent.page.locator(".row-button").first().click();
  await agent.sees(".dossier");
  await agent.state("agent-danger");
  await agent.page.getByRole("button", { name: "Acquitter le danger" }).click();
  await agent.sees(".dossier .notice.ok");
  assert.match(await agent.text(".dossier-head"), /acquitté par amina/);
  assert.match(await agent.text(".dossier-head"), /en attente/); // acknowledged, not taken in hand
  assert.equal(await agent.page.getByRole("button", { name: "Acquitter le danger" }).count(), 0);
  await supervisor.until(() => document.querySelector(".tray-headers .header-line")?.innerText.includes("acquitté par amina"));
  await supervisor.until(() => !document.querySelector(".figures tbody .under"));
  await agent.leave();
  await supervisor.leave();
});
