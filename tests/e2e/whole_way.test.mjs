// The whole way: a call is logged, routed, confirmed, pulled, closed, counted and found again.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { Browser } from "./lib/browser.mjs";
import { Hands } from "./lib/hands.mjs";
import { Service } from "./lib/service.mjs";

const unit = "utpas-roubaix-est";
const service = new Service();
const browser = new Browser();
let operator, agent, supervisor, reference;

before(async () => {
  await service.start();
  const passwords = {
    odile: await service.addUser("odile", "operator"),
    amina: await service.addUser("amina", "agent", unit),
    sofia: await service.addUser("sofia", "supervisor"),
    adrien: await service.addUser("adrien", "admin"),
  };
  await browser.start();
  service.passwords = passwords;
});
after(async () => {
  await browser.end();
  await service.end();
});

test("a wrong password is refused without saying what was wrong", async () => {
  const visitor = await browser.visitor(service);
  await visitor.sees("#login-name");
  await visitor.state("login");
  await visitor.page.fill("#login-name", "odile");
  await visitor.page.fill("#login-password", "pas le bon mot de passe");
  await visitor.press("Enter");
  await visitor.sees("#login-error");
  assert.equal(await visitor.text("#login-error"), "Identifiant ou mot de passe incorrect.");
  assert.equal(await visitor.page.inputValue("#login-name"), "odile");
  await visitor.state("login-refused");
  await visitor.leave();
});

test("everybody logs in and lands on their screen", async () => {
  operator = await browser.person(service, "odile", service.passwords.odile);
  agent = await browser.person(service, "amina", service.passwords.amina);
  supervisor = await browser.person(service, "sofia", service.passwords.sofia);
  await operator.sees("#f-name:focus");
  await agent.sees(".agent .empty");
  await supervisor.sees(".board .tiles");
  const budgets = JSON.parse(await readFile(new URL("../../agent-console/web/budgets.json", import.meta.url), "utf8"));
  for (const [person, role] of [[operator, "operator"], [agent, "agent"], [supervisor, "supervisor"]]) {
    const took = await person.page.evaluate(() => performance.getEntriesByType("resource").find(({ name }) => name.endsWith("/catalogue")).encodedBodySize);
    assert.ok(took > 1_000 && took <= budgets[role].catalogue, `the catalogue takes ${took} bytes of the ${role}'s first load`);
  }
  // The supervisor's second screen comes once the first is there.
  await supervisor.until(() => performance.getEntriesByType("resource").some(({ name }) => name.endsWith("/operator.js")));
  assert.ok(await supervisor.page.evaluate(() => {
    const of = (file) => performance.getEntriesByType("resource").find(({ name }) => name.endsWith(`/${file}`));
    return of("operator.js").startTime >= Math.max(of("board.js").responseEnd, of("catalogue").responseEnd);
  }));
  await operator.state("operator-empty");
  await agent.state("agent-empty");
  await supervisor.state("supervisor-empty");
});

test("an empty call is refused at its field", async () => {
  await operator.page.fill("#f-name", "Mme Benali");
  await operator.press("Control+Enter");
  await operator.sees("#e-note");
  await operator.sees("#f-note:focus");
  await operator.state("operator-refused");
});

test("the operator sees the routing change while typing, and corrects it", async () => {
  const { page } = operator;
  await page.fill("#f-phone", "06 12 34 56 78");
  await page.fill("#f-note", "Madame a trois mois de loyer impayé et a reçu un commandement de quitter les lieux, elle a peur de l'expulsion.");
  await operator.sees("#e-note", { state: "detached" });
  await operator.until(() => /Logement/.test(document.querySelector(".routing .facts")?.innerText ?? ""));
  await page.fill("#f-commune", "Roubaix");
  await page.fill("#f-address", "12 avenue Motte");
  await operator.until(() => /Roubaix.Est/i.test(document.querySelector(".routing .destination strong")?.innerText ?? ""));
  assert.ok((await page.locator(".routing .reasons li").count()) > 0, "the reasons are shown");
  await operator.state("operator-typing");
  await operator.press("F9");
  await operator.sees("#f-topic:focus");
  await page.selectOption("#f-urgency", "urgent");
  await operator.sees(".routing .urgency-urgent");
  await operator.sees(".routing .badge.edited");
  await operator.press("Control+Enter"); // whoever corrects says why
  await operator.sees("#e-correction");
  await operator.sees("#f-correction:focus");
  await operator.state("operator-reason-missing");
  await page.selectOption("#f-correction", "precise");
  await operator.sees("#e-correction", { state: "detached" });
  await operator.state("operator-corrected");
});

test("an uncertain commune offers candidates, and one is picked", async () => {
  const { page } = operator;
  await page.fill("#f-commune", "Saint");
  await page.focus("#f-address"); // while one is in the field, its own proposals are enough
  await operator.sees(".candidates .chip");
  await operator.sees(".routing .badge.doubt");
  await operator.state("operator-uncertain");
  const picked = (await page.locator(".candidates .chip").first().innerText()).trim();
  const hand = new Hands(operator);
  await hand.to(new RegExp(`^${picked.replace(/[()]/g, "\\$&")}$`), "Shift+Tab");
  await hand.press("Enter");
  assert.equal(await page.inputValue("#f-commune"), picked);
  await operator.until((name) => document.querySelector(".routing .facts").innerText.includes(name), picked);
  await operator.sees(".routing .badge.doubt", { state: "detached" });
  await page.fill("#f-commune", "Roubaix");
  await operator.until(() => /Roubaix.Est/i.test(document.querySelector(".routing .destination strong")?.innerText ?? ""));
});

test("the receipt says reference, unit and that it is durable", async () => {
  await operator.press("Control+Enter");
  await operator.sees(".receipt.durable");
  reference = (await operator.text(".big-reference strong")).trim();
  assert.match(reference, /^[0-9A-Z]{3}-[0-9A-Z]{3}$/);
  assert.match(await operator.text(".receipt .seal"), /durablement/);
  assert.match(await operator.text(".receipt .facts"), /Roubaix.Est/i);
  await operator.state("operator-receipt");
});

test("a call outside the field ends without a dossier", async () => {
  await operator.press("F2");
  await operator.sees("#f-name:focus");
  await operator.page.fill("#f-note", "La personne appelle pour la CAF, elle s'est trompée de numéro.");
  await operator.until(() => /Hors du champ/.test(document.querySelector(".routing .notice")?.innerText ?? ""));
  await operator.state("operator-outside");
  await operator.press("Control+Enter");
  await operator.sees(".receipt.outside");
  await operator.state("operator-outside-ended");
});

test("the supervisor sees the count move", async () => {
  await supervisor.sees(".figures tbody tr");
  await supervisor.until(() => document.querySelector(".figures tbody td:nth-of-type(3)")?.innerText.includes("1"));
  await supervisor.page.locator(".figures .row-button").first().click();
  await supervisor.sees(".tray-headers .header-line");
  assert.match(await supervisor.text(".tray-headers .header-line"), new RegExp(reference));
  assert.doesNotMatch(await supervisor.text("main"), /Benali|commandement/);
  await supervisor.state("supervisor-tray");
});

test("the agent sees it appear live, reserves, accepts, notes and handles it", async () => {
  const { page } = agent;
  await agent.sees(".row");
  assert.match(await agent.text(".row"), new RegExp(reference));
  await agent.state("agent-list");
  await agent.press("ArrowDown");
  await agent.sees(".row-button:focus");
  await agent.press("Enter");
  await agent.sees("#dossier-title:focus");
  assert.match(await agent.text(".dossier"), /commandement de quitter les lieux/);
  assert.match(await agent.text(".dossier"), /Mme Benali/);
  await agent.state("agent-open");
  await agent.press("F8");
  await agent.sees(".lease .countdown");
  await agent.state("agent-reserved");
  await agent.press("F9");
  await agent.sees("#act-note");
  await agent.press("F4");
  await agent.sees("#act-note:focus");
  await page.keyboard.type("Rappelée : rendez-vous proposé lundi.");
  await agent.press("Control+Enter");
  await agent.until(() => /rendez-vous proposé lundi/.test(document.querySelector(".history")?.innerText ?? ""));
  await agent.state("agent-in-progress");
  await agent.press("F10");
  await agent.sees("#act-outcome:focus");
  await agent.press("Control+Enter");
  await agent.sees("#act-outcome-error");
  await agent.state("agent-outcome-missing");
  await page.selectOption("#act-outcome", "appointment");
  await agent.press("Control+Enter");
  await agent.until(() => document.querySelectorAll(".row").length === 0);
  await agent.sees(".dossier .state-handled");
  assert.doesNotMatch(await agent.text(".tray"), /affichées sur/);
  await agent.state("agent-handled");
});

test("the operator finds it by reference and by phone, without its content", async () => {
  for (const question of [reference, "0612345678"]) {
    await operator.press("F4");
    await operator.sees("#find-text:focus");
    await operator.page.fill("#find-text", question);
    await operator.press("Enter");
    await operator.sees(".found-item");
    const answer = await operator.text("bn-find");
    assert.match(answer, new RegExp(reference));
    assert.match(answer, /traitée/);
    assert.match(answer, /Rendez-vous/i);
    assert.doesNotMatch(answer, /Benali|commandement|proposé lundi/);
    await operator.state(`operator-find-${question === reference ? "reference" : "phone"}`);
    await operator.press("Escape");
    await operator.sees("dialog[open]", { state: "detached" });
  }
  await operator.press("F4");
  const misheard = reference.replace(/.$/, (last) => (last === "7" ? "9" : "7"));
  await operator.page.fill("#find-text", misheard); // the check character finds it
  await operator.press("Enter");
  await operator.sees("#find-error");
  await operator.state("operator-find-refused");
  await operator.press("Escape");
});

test("a supervisor's draft survives a look at the board", async () => {
  const { page } = supervisor;
  await page.click("nav a[href='#saisie']");
  await supervisor.sees("#f-note");
  await page.fill("#f-note", "Demande d'aide alimentaire.");
  await supervisor.press("F9");
  await page.selectOption("#f-urgency", "priority");
  await page.click("nav a[href='#tableau']");
  await supervisor.sees(".board .tiles");
  await page.click("nav a[href='#saisie']");
  await supervisor.sees("#f-note");
  assert.equal(await page.inputValue("#f-note"), "Demande d'aide alimentaire.");
  assert.equal(await page.inputValue("#f-urgency"), "priority");
  await supervisor.press("F2"); // kept on the server, so nothing is asked
  await supervisor.until(() => document.querySelector("#f-note").value === "");
  await page.click("nav a[href='#tableau']");
  await supervisor.sees(".board .tiles");
});

test("the supervisor's board is calm again, and an administrator only reads it", async () => {
  await supervisor.until(() => !document.querySelector(".tile.warn, .tile.alarm"));
  await supervisor.page.locator(".check input").first().check();
  await supervisor.state("supervisor-all");
  const admin = await browser.person(service, "adrien", service.passwords.adrien, { colorScheme: "dark" });
  await admin.page.click("nav a[href='#tableau']"); // administration is their first screen
  await admin.until(() => document.querySelector(".board .tile dd")?.innerText === "0");
  await admin.sees(".screen-head .badge");
  await admin.state("admin-dark");
  await admin.leave();
});

test("nothing stays behind", async () => {
  for (const person of [operator, agent, supervisor]) await person.leave();
});
