// An operator's calls with the telephony: a call comes up on one screen alone, is written down and linked, or ends without a request; pauses;
// people who were not answered are called back. The PBX says what a real Asterisk said (lib/pbx.mjs).
import assert from "node:assert/strict";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { ask, Browser, together } from "./lib/browser.mjs";
import { account, Pbx } from "./lib/pbx.mjs";
import { Service } from "./lib/service.mjs";

const service = new Service();
const browser = new Browser();
const pbx = new Pbx(["PJSIP/1001", "PJSIP/1002"]);
const known = "0261911202"; // of Arcep's numbers for fiction, as all here
const afraid = "0261911299";
const note = "Sa facture d'électricité est impayée, coupure annoncée pour lundi.";
let odile, olivier, sofia, inDanger, folder;

const telephony = (port) => `
apres_appel_s = 60
[rappels]
essais = 3
[[standard]]
code = "main"
type = "ami"
adresse = "127.0.0.1"
port = ${port}
utilisateur = "${account.user}"
secret = "standard.secret"
authentification = "clair"
jonctions = ["PJSIP/trunk-"]
arrivees = ["from-trunk"]
[standard.rappel]
contexte = "interne"
compte = "rappel"
[[file]]
code = "premier-contact"
libelle = "Premier contact"
[[poste]]
code = "poste-1"
nom = "Poste 1"
interface = "PJSIP/1001"
[[poste]]
code = "poste-2"
nom = "Poste 2"
interface = "PJSIP/1002"
[[pause]]
code = "pause"
libelle = "Pause"
[[pause]]
code = "reunion"
libelle = "Réunion"
`;

before(async () => {
  await pbx.start();
  folder = await mkdtemp(path.join(tmpdir(), "bannette-e2e-pbx-"));
  await cp(service.config, path.join(folder, "site"), { recursive: true });
  service.config = path.join(folder, "site");
  await writeFile(path.join(service.config, "telephonie.toml"), telephony(pbx.port));
  service.data = path.join(folder, "data");
  await mkdir(service.data);
  await writeFile(path.join(service.data, "standard.secret"), account.secret, { mode: 0o600 });
  await service.start();
  const passwords = {};
  for (const [name, role] of [["odile", "operator"], ["olivier", "operator"], ["sofia", "supervisor"]]) passwords[name] = await service.addUser(name, role);
  await browser.start();
  await pbx.loggedIn;
  odile = await browser.person(service, "odile", passwords.odile);
  olivier = await browser.person(service, "olivier", passwords.olivier);
  sofia = await browser.person(service, "sofia", passwords.sofia);
  for (const phone of [afraid, known]) {
    const earlier = await ask(odile, "requests", { note: "Elle a peur de son mari qui la frappe.", commune: "Roubaix", danger: true, caller: { name: "Mme Leroy", phone } });
    inDanger = earlier.reference;
  }
});
after(async () => {
  await browser.end();
  await service.end();
  await pbx.end();
  await rm(folder, { recursive: true, force: true });
});

const strip = (person, expected) => person.until((text) => document.querySelector(".phone")?.innerText.replace(/\s+/g, " ").includes(text), expected);
const get = (person, address) => person.page.evaluate(async (address) => (await fetch(`/api/v1/${address}`)).json(), address);
const calls = async () => (await get(sofia, "calls?limit=20")).items;

// By keyboard: the strip's list, its choice, its button.
async function sit(person, post) {
  await person.sees("#phone-post");
  await person.page.focus("#phone-post");
  await person.page.selectOption("#phone-post", { label: post });
  await person.press("Tab");
  await person.press("Enter");
}

// A call that odile answers; what is left of the capture ends it.
async function answered(number, post = "PJSIP/1001") {
  const call = await pbx.call("06-answered-caller-ends", { number, post });
  call.until("AgentCalled");
  call.until("AgentConnect");
  call.until("BridgeEnter");
  call.until("BridgeEnter");
  await strip(odile, "en communication");
  return call;
}

test("an operator sits down at a post; a colleague's is not taken by a slip", async () => {
  await strip(odile, "Choisissez votre poste");
  await odile.state("operator-no-post");
  await sit(odile, "Poste 1");
  await strip(odile, "Poste 1 : pas d’appel");
  await olivier.sees("#phone-post");
  await olivier.until(() => /odile/.test(document.querySelector("#phone-post").innerText));
  await sit(olivier, "Poste 1 (odile)");
  await strip(olivier, "occupé par odile");
  await sit(olivier, "Poste 2");
  await strip(olivier, "Poste 2 : pas d’appel");
  assert.equal((await get(odile, "calls/now")).post.code, "poste-1");
});

test("a call comes up on its operator's screen alone: number, earlier requests, the open danger; a hang-up takes nothing away", async () => {
  const call = await pbx.call("06-answered-caller-ends", { number: known });
  call.until("AgentCalled");
  await strip(odile, "sonne");
  await odile.until(() => document.querySelector("#f-phone").value === "02 61 91 12 02");
  await strip(odile, inDanger);
  assert.match(await odile.text(".contacts li"), /Danger/);
  await odile.state("operator-call-rings");
  await strip(olivier, "1 appel en attente");
  assert.equal(await olivier.page.locator(".phone.has-call").count(), 0);
  assert.equal(await olivier.page.inputValue("#f-phone"), "");
  assert.doesNotMatch(await olivier.page.content(), /02 61 91 12 02|0261911202/);
  call.until("AgentConnect");
  await strip(odile, "en communication");
  await odile.page.fill("#f-note", note);
  await odile.page.fill("#f-commune", "Roubaix");
  await odile.until(() => /gardé à/.test(document.querySelector(".kept")?.innerText ?? ""));
  call.until();
  await strip(odile, "reste pour terminer");
  assert.equal(await odile.page.inputValue("#f-note"), note);
  await odile.state("operator-wrap-up");
  await odile.press("Control+Enter");
  await odile.sees(".receipt.durable");
  const reference = (await odile.text(".big-reference strong")).trim();
  const [last] = await calls();
  assert.deepEqual([last.state, last.dossiers, last.person], ["qualified", [reference], "odile"]);
  await odile.press("F2");
  await odile.sees("#f-name:focus");
  assert.equal(await odile.page.inputValue("#f-phone"), "", "that call is over and written down");
});

test("a call may end without a request: answered at once, sent elsewhere, a wrong number, a prank", async () => {
  const outcomes = [["answered", 0, ""], ["redirected", 1, "caf"], ["wrong_number", 2, ""], ["prank", 3, ""]];
  for (const [code, place, where] of outcomes) {
    const call = await answered(`03530112${10 + place}`);
    await odile.press("F6");
    await odile.sees("bn-qualify dialog[open] input:focus");
    await odile.page.keyboard.press("Space");
    for (let i = 0; i < place; ++i) await odile.press("ArrowDown");
    if (where) await odile.page.selectOption("#referral", { index: 1 });
    if (code === "redirected") await odile.state("operator-redirected");
    await odile.page.focus("bn-qualify .primary");
    await odile.press("Enter");
    await odile.sees(".receipt.outside");
    call.until();
    const mine = (await calls()).find((one) => one.outcome === code);
    assert.ok(mine, code);
    assert.equal((mine.redirected_to ?? "") !== "", code === "redirected");
  }
  await odile.press("F2");
  await odile.sees("#f-name:focus");
});

test("a pause has a reason, and ends by the same key", async () => {
  await odile.press("Shift+F3");
  await odile.sees("#phone-pause:focus");
  await odile.page.selectOption("#phone-pause", { label: "Réunion" });
  await odile.press("Tab");
  await odile.press("Enter");
  assert.deepEqual([(({ Interface, Paused, Reason }) => [Interface, Paused, Reason])(await pbx.order("QueuePause"))], [["PJSIP/1001", "true", "reunion"]]);
  await strip(odile, "En pause : Réunion");
  await odile.state("operator-paused");
  await odile.press("Shift+F3");
  assert.equal((await pbx.order("QueuePause")).Paused, "false");
  await strip(odile, "Poste 1 : pas d’appel");
});

test("a call without the telephony stays one key away", async () => {
  await odile.press("F2");
  await odile.sees("#f-name:focus");
  await odile.page.keyboard.type("Mme Martin");
  await odile.page.fill("#f-note", note);
  await odile.sees(".routing .destination");
  await odile.press("Control+Enter");
  await odile.sees(".receipt.durable");
  const reference = (await odile.text(".big-reference strong")).trim();
  const typed = (await calls()).find((one) => one.dossiers.includes(reference));
  assert.equal(typed?.person, "odile");
  await odile.press("F2");
  await odile.sees("#f-name:focus");
});

test("a call's draft is handed to a colleague, and what the colleague sends is of that call", async () => {
  const call = await answered("0353011231");
  await odile.page.fill("#f-note", note);
  await odile.page.getByRole("button", { name: "Passer à un collègue" }).click();
  await odile.until(() => /Proposée à vos collègues/.test(document.querySelector(".operator .notice")?.innerText ?? ""));
  await olivier.press("F10");
  await olivier.sees(".drafts li button:focus");
  await olivier.press("Enter");
  await olivier.until((text) => document.querySelector("#f-note")?.value === text, note);
  assert.match(await olivier.text(".operator .notice"), /Saisie reprise de odile, commencée à \d\d:\d\d, modifiée à/);
  await olivier.sees(".routing .destination");
  await olivier.press("Control+Enter");
  await olivier.sees(".receipt.durable");
  const reference = (await olivier.text(".big-reference strong")).trim();
  call.until();
  const written = (await calls()).find((one) => one.dossiers.includes(reference));
  assert.deepEqual([written?.person, written?.post], ["odile", "poste-1"]);
  await olivier.press("F2");
  await olivier.sees("#f-name:focus");
  await odile.press("F2");
  await odile.until(() => document.querySelector("#f-note")?.value === "");
});

test("a colleague who takes a call's draft over says how the call ended, where it needs no request", async () => {
  const call = await answered("0353011232");
  await odile.page.fill("#f-note", "Elle cherchait les horaires de la CAF.");
  await odile.page.getByRole("button", { name: "Passer à un collègue" }).click();
  await odile.until(() => /Proposée à vos collègues/.test(document.querySelector(".operator .notice")?.innerText ?? ""));
  await olivier.press("F10");
  await olivier.sees(".drafts li button:focus");
  await olivier.press("Enter");
  await olivier.until(() => /Saisie reprise de odile/.test(document.querySelector(".operator .notice")?.innerText ?? ""));
  await olivier.press("F6");
  await olivier.sees("bn-qualify dialog[open] input:focus");
  await olivier.press("Space");
  await olivier.page.focus("bn-qualify .primary");
  await olivier.press("Enter");
  await olivier.sees(".receipt.outside");
  call.until();
  const mine = (await calls())[0];
  assert.deepEqual([mine.outcome, mine.person, mine.qualified_by], ["answered", "odile", "olivier"]);
  await olivier.press("F2");
  await olivier.sees("#f-name:focus");
  await odile.press("F2");
  await odile.until(() => document.querySelector("#f-note")?.value === "");
});

test("on a receipt each key says one thing: the next call, and a further topic of who is still on the line", async () => {
  const call = await answered("0353011233");
  await odile.page.fill("#f-note", note);
  await odile.page.fill("#f-commune", "Roubaix");
  await odile.press("Control+Enter");
  await odile.sees(".receipt.durable");
  const says = async (key) => new Set((await odile.page.locator("button:visible").allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim()).filter((text) => text.endsWith(` ${key}`)));
  await strip(odile, "demande envoyée");
  assert.deepEqual(await says("F2"), new Set(["Nouvel appel F2"]));
  assert.deepEqual(await says("F7"), new Set(["Autre motif F7", "Autre motif du même appel F7"]));
  await odile.state("operator-receipt-on-the-line");
  await odile.press("F2");
  await odile.until(() => document.querySelector("#f-phone")?.value === "03 53 01 12 33");
  await odile.press("F2"); // another call, by hand: who is on the line may be opened again
  await odile.until(() => document.querySelector("#f-phone").value === "");
  assert.deepEqual(await says("F2"), new Set(["Ouvrir l’appel F2"]));
  await odile.press("F2");
  await odile.until(() => document.querySelector("#f-phone")?.value === "03 53 01 12 33");
  call.until();
  await odile.until(() => document.querySelector("#f-phone").value === "");
});

// Somebody who waits eight seconds and hangs up.
async function abandons(number) {
  const call = await pbx.call("07-abandon-waiting", { number });
  call.until("QueueCallerJoin", Date.now() - 8_000);
  call.until();
}
const list = (person) => person.page.locator(".callbacks li").allInnerTexts();

test("two call the same person back at the same moment: one telephone rings, the other reads who", async () => {
  await abandons(afraid);
  await odile.until(() => /Rappels\s+1/.test(document.querySelector(".tools")?.innerText));
  await together([odile, olivier], "**/callbacks/*");
  for (const person of [odile, olivier]) {
    await person.press("F3");
    await person.sees(".callbacks li .primary:focus");
  }
  await Promise.all([odile, olivier].map((person) => person.press("Enter")));
  const order = await pbx.order("Originate");
  const [winner, loser] = order.Channel === "PJSIP/1001" ? [odile, olivier] : [olivier, odile];
  await strip(winner, "Rappel de 02 61 91 12 99");
  await loser.sees("bn-callbacks .notice.error");
  assert.match(await loser.text(".callbacks li"), new RegExp(`appelé par ${winner.name}`));
  assert.equal(await loser.page.locator(".callbacks li button").count(), 0);
  await loser.state("operator-callback-lost");
  await loser.press("Escape");
  assert.equal(pbx.orders.filter(({ Action }) => Action === "Originate").length, 0, "no second telephone rings");
  for (const person of [odile, olivier]) await person.page.unroute("**/callbacks/*");
  await winner.press("F3");
  await winner.sees(".callbacks li .primary:focus");
  await winner.choose("Rendre à la liste");
  await winner.until(() => document.querySelectorAll(".callbacks li button").length === 2);
  await winner.press("Escape");
  await winner.press("F2");
});

test("who was not answered is called back by keyboard, dangers first; a colleague sees who is being called", async () => {
  for (const number of ["0353011221", "0353011222", "0353011222", "anonymous"]) await abandons(number);
  await odile.until(() => document.querySelector(".tools")?.innerText.match(/Rappels\s+3/));
  await olivier.press("F3");
  await olivier.sees(".callbacks li .primary:focus");
  await odile.press("F3");
  await odile.sees(".callbacks li .primary:focus");
  const [first, second, third] = await list(odile);
  assert.match(first, /02 61 91 12 99.*Danger/s);
  assert.match(second, /03 53 01 12 22.*2 appels/s, "who called twice stands before who called once");
  assert.match(third, /03 53 01 12 21/);
  assert.match(await odile.text("bn-callbacks"), /1 appel manqué aujourd’hui en numéro masqué/);
  await odile.state("operator-callbacks");
  await odile.press("Enter");
  const order = await pbx.order("Originate");
  assert.deepEqual([order.Channel, order.Exten], ["PJSIP/1001", afraid]);
  await strip(odile, "Rappel de 02 61 91 12 99");
  await odile.until(() => document.activeElement.id === "f-name" && document.querySelector("#f-phone").value === "02 61 91 12 99");
  await olivier.until(() => /appelé par odile/.test(document.querySelector(".callbacks li")?.innerText ?? ""));
  assert.equal(await olivier.page.locator(".callbacks li").first().locator("button").count(), 0, "nobody calls the same person at the same time");
  const call = await pbx.call("40-click-to-call", { number: afraid, ids: { "rappel-4711": order.ChannelId, r2: order.ActionID } });
  call.until("BridgeEnter");
  call.until("BridgeEnter");
  await olivier.until(() => document.querySelectorAll(".callbacks li").length === 2); // reached: it closed by itself
  await odile.state("operator-calling-back");
  call.until();
});

test("who gets through leaves the list; nobody answers, and it is said; one is given up with a reason", async () => {
  await odile.press("F6");
  await odile.sees("bn-qualify dialog[open] input:focus");
  await odile.press("Space");
  await odile.page.focus("bn-qualify .primary");
  await odile.press("Enter");
  await odile.sees(".receipt.outside");
  const call = await answered("0353011222");
  await olivier.until(() => document.querySelectorAll(".callbacks li").length === 1);
  call.until();
  await olivier.press("Escape");
  await olivier.press("F3");
  await olivier.sees(".callbacks li .primary:focus");
  await olivier.press("Enter");
  assert.equal((await pbx.order("Originate")).Channel, "PJSIP/1002");
  await strip(olivier, "Rappel de 03 53 01 12 21");
  await olivier.choose("Sans réponse");
  await olivier.until(() => document.querySelector(".dialling") === null);
  await olivier.press("F3");
  await olivier.until(() => /1 essai de rappel/.test(document.querySelector(".callbacks li")?.innerText ?? ""));
  await olivier.choose(/^Ne plus rappeler/);
  await olivier.sees("#callback-why:focus");
  await olivier.press("Enter");
  await olivier.sees("bn-callbacks .notice.error");
  await olivier.page.fill("#callback-why", "numéro d’une cabine");
  await olivier.press("Enter");
  await olivier.until(() => /Personne n’attend/.test(document.querySelector("bn-callbacks").innerText));
  await olivier.press("Escape");
});

test("the supervisor sees how many wait to be called back", async () => {
  await abandons("0353011223");
  await sofia.until(() => [...document.querySelectorAll(".tile")].some((tile) => /Rappels à faire\s*1/.test(tile.innerText)));
});

test("nothing stays behind", async () => {
  for (const person of [odile, olivier, sofia]) await person.leave();
  assert.doesNotMatch(service.log, /2619112|35301122|Leroy|Martin|électricité/);
});
