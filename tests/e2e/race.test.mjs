// Two agents, one dossier: one gets it, the other is told who was faster.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Browser, logCall } from "./lib/browser.mjs";
import { Service } from "./lib/service.mjs";

const unit = "utpas-roubaix-est";
const service = new Service();
const browser = new Browser();
let passwords;

before(async () => {
  await service.start();
  passwords = {
    odile: await service.addUser("odile", "operator"),
    amina: await service.addUser("amina", "agent", unit),
    bruno: await service.addUser("bruno", "agent", unit),
  };
  await browser.start();
});
after(async () => {
  await browser.end();
  await service.end();
});

// Holds both requests until both are there, so that neither page can learn of the other's before it asks.
async function together(people, path) {
  let waiting = 0;
  let open;
  const both = new Promise((resolve) => (open = resolve));
  for (const person of people) {
    await person.page.route(path, async (route) => {
      if (++waiting === people.length) open();
      await both;
      await route.continue();
    });
  }
}

test("one reserves it, the other is refused with a name", async () => {
  const operator = await browser.person(service, "odile", passwords.odile);
  const agents = [await browser.person(service, "amina", passwords.amina), await browser.person(service, "bruno", passwords.bruno)];
  const note = "Loyer impayé depuis trois mois, menace d'expulsion.";
  const reference = await logCall(operator, { note, commune: "Roubaix", address: "12 avenue Motte" });
  for (const agent of agents) {
    await agent.page.locator(".row-button").first().click();
    await agent.until((wanted) => document.querySelector("#dossier-title")?.innerText.includes(wanted), reference);
  }
  await together(agents, "**/reserve");
  await Promise.all(agents.map((agent) => agent.press("F8")));
  const settled = ".lease .countdown, .dossier [role=alert] .notice.error";
  await Promise.all(agents.map((agent) => agent.sees(settled)));
  const holders = [];
  const refused = [];
  for (const agent of agents) ((await agent.page.locator(".lease .countdown").count()) > 0 ? holders : refused).push(agent);
  assert.equal(holders.length, 1, "exactly one holds it");
  const [winner] = holders;
  const [loser] = refused;
  assert.match(await loser.text(".dossier [role=alert] .notice.error"), new RegExp(`${winner.name} a été plus rapide`));
  await loser.state("agent-refused");
  await winner.press("Shift+F8");
  await loser.sees(".dossier .state-waiting");
  await loser.page.unroute("**/reserve");
  await loser.press("F8");
  await loser.sees(".lease .countdown");
  for (const person of [operator, ...agents]) await person.leave();
});
