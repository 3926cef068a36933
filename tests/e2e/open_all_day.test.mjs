// A day without growth: each screen stays open, is driven through calls, lists, dialogs and tabs, and is measured after collecting the
// garbage. The short run is an hour of calls; with BANNETTE_LONG=1 it is eight hours of a hundred calls each.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { randomBytes } from "node:crypto";
import { Browser } from "./lib/browser.mjs";
import { Service } from "./lib/service.mjs";

const unit = "utpas-roubaix-est";
const bannette = `${unit}/social`;
const calls_a_round = 10;
const rounds = process.env.BANNETTE_LONG ? 80 : 6;
const warm_rounds = 4; // code is compiled, caches are filled
const typed_a_round = 3; // of them on the operator's screen
// Of a page, over all rounds: what a collection leaves now and then, and no more than a short text for each call.
const most = { heap_bytes: 300_000 + 500 * rounds * calls_a_round, nodes: 200, listeners: 30 };

const service = new Service();
const browser = new Browser();
const pages = {};
let intake, unitDesk;

// A program with a token of its own.
class Machine {
  constructor(token) {
    this.headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  }
  async post(path, body) {
    const answer = await fetch(`${service.url}api/v1/${path}`, { method: "POST", headers: { ...this.headers, "Idempotency-Key": uuid7() }, body: JSON.stringify(body) });
    return { status: answer.status, body: answer.status === 204 ? {} : await answer.json() };
  }
}

function uuid7() {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

before(async () => {
  await service.start();
  const people = { odile: ["operator"], amina: ["agent", unit], sofia: ["supervisor"], ines: ["admin"] };
  const passwords = {};
  for (const [name, rights] of Object.entries(people)) passwords[name] = await service.addUser(name, ...rights);
  intake = new Machine(await service.addToken("formulaire", "operator"));
  unitDesk = new Machine(await service.addToken("logiciel", "agent", unit));
  await browser.start();
  for (const name of Object.keys(people)) pages[name] = await browser.person(service, name, passwords[name]);
  for (const person of Object.values(pages)) {
    person.inspector = await person.page.context().newCDPSession(person.page);
    await person.inspector.send("HeapProfiler.enable");
  }
});
after(async () => {
  await browser.end();
  await service.end();
});

// Waits without keeping a handle of what was found: a handle would keep a page's old nodes from being collected.
function sees(person, selector, options) {
  return person.page.locator(selector).first().waitFor(options);
}

async function measured(person) {
  for (let i = 0; i < 2; ++i) await person.inspector.send("HeapProfiler.collectGarbage");
  const { usedSize } = await person.inspector.send("Runtime.getHeapUsage");
  const { nodes, jsEventListeners } = await person.inspector.send("Memory.getDOMCounters");
  return { heap_bytes: usedSize, nodes, listeners: jsEventListeners };
}

// Ten calls come in over the interface; the agent handles one on the screen, a program the others. At its end all is as before.
async function round(number) {
  for (let i = 0; i < calls_a_round; ++i) {
    const logged = await intake.post("requests", { note: `Demande d'aide alimentaire n° ${number}-${i}, loyer en retard.`, commune: "Roubaix", bannette });
    assert.equal(logged.status, 201);
  }
  await Promise.all([operatorTypes(number), agentHandles(), supervisorLooks(), adminLooks()]);
  for (;;) {
    const next = await unitDesk.post("take-next", {});
    if (next.status !== 200) break;
    const { id, fence } = next.body.header;
    assert.equal((await unitDesk.post(`dossiers/${id}/handle`, { fence, outcome: "answered" })).status, 200);
  }
  await pages.amina.until(() => document.querySelectorAll(".row").length === 0);
}

async function operatorTypes(number) {
  const { odile } = pages;
  for (let i = 0; i < typed_a_round; ++i) {
    await odile.page.fill("#f-note", `Madame demande un secours, appel ${number}-${i}.`);
    await odile.page.fill("#f-commune", "Roubaix");
    await sees(odile, ".routing .destination");
    await odile.press("Control+Enter");
    await sees(odile, ".receipt.durable");
    await odile.press("F2");
    await sees(odile, "#f-note");
  }
  await odile.press("F4");
  await sees(odile, "#find-text:focus");
  await odile.press("Escape");
}

async function agentHandles() {
  const { amina } = pages;
  await sees(amina, ".row");
  await amina.press("F2");
  await sees(amina, "#act-note");
  await amina.press("F10");
  await sees(amina, "#act-outcome:focus");
  await amina.page.selectOption("#act-outcome", "answered");
  await amina.press("Control+Enter");
  await sees(amina, ".dossier .state-handled");
  await amina.press("Escape");
}

async function supervisorLooks() {
  const { sofia } = pages;
  await sees(sofia, ".figures tbody tr");
  await sofia.page.locator(".figures .row-button").first().click(); // the order changes with the calls
  await sees(sofia, ".tray-headers");
  await sofia.page.locator('.figures .row-button[aria-expanded="true"]').click();
  await sees(sofia, ".tray-headers", { state: "detached" });
}

async function adminLooks() {
  const { ines } = pages;
  for (const name of ["Sessions", "Configuration", "Santé", "Registre", "Comptes"]) {
    await ines.page.getByRole("tab", { name }).click();
    await sees(ines, ".panel .admin-table, .panel .health-tiles");
  }
}

test("no screen grows while it is used", async () => {
  let number = 0;
  for (; number < warm_rounds; ++number) await round(number);
  const before = {};
  for (const [name, person] of Object.entries(pages)) before[name] = await measured(person);
  for (; number < warm_rounds + rounds; ++number) await round(number);
  for (const [name, person] of Object.entries(pages)) {
    const now = await measured(person);
    const grown = Object.fromEntries(Object.entries(now).map(([what, value]) => [what, value - before[name][what]]));
    console.log(`${name}: ${JSON.stringify(now)}, grown by ${JSON.stringify(grown)} over ${rounds * calls_a_round} calls`);
    for (const [what, bound] of Object.entries(most)) assert.ok(grown[what] < bound, `${name}'s ${what} grew by ${grown[what]}`);
  }
  for (const person of Object.values(pages)) await person.leave();
});
