// The operator's task without a mouse, from the login to the next call; and in a narrow, dark window.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Browser } from "./lib/browser.mjs";
import { Service } from "./lib/service.mjs";

const service = new Service();
const browser = new Browser();
let password;

before(async () => {
  await service.start();
  password = await service.addUser("odile", "operator");
  await browser.start();
});
after(async () => {
  await browser.end();
  await service.end();
});

const focused = (person) => person.page.evaluate(() => document.activeElement?.id ?? "");

test("a call by keyboard only", async () => {
  const operator = await browser.person(service, "odile", password);
  const { keyboard } = operator.page;
  await operator.sees("#f-name:focus");
  for (const [id, text] of [
    ["f-name", "M. Dubois"],
    ["f-phone", "0320112233"],
    ["f-commune", "Tourcoing"],
    ["f-address", "5 rue de Gand"],
    ["f-note", "Sa mère âgée tombe souvent, il demande l'APA et une aide à domicile."],
  ]) {
    assert.equal(await focused(operator), id);
    await keyboard.type(text);
    await operator.press("Tab");
  }
  await operator.until(() => document.querySelector(".routing .destination strong") !== null);
  assert.equal(await focused(operator), "f-topic", "the corrections follow the note");
  await operator.press("Tab");
  assert.equal(await focused(operator), "f-urgency");
  await keyboard.type("Prio");
  await operator.sees(".routing .urgency-priority");
  await operator.press("Tab");
  await operator.press("Tab");
  await operator.press("Tab");
  await operator.press("Enter"); // "Remettre la proposition"
  await operator.sees(".routing .badge.edited", { state: "detached" });
  await operator.press("Control+Enter");
  await operator.sees(".receipt.durable button:focus");
  await operator.press("Enter"); // the next call is one key away
  await operator.sees("#f-name:focus");
  assert.equal(await operator.page.inputValue("#f-note"), "");
  await operator.leave();
});

test("a draft is not thrown away by a slip", async () => {
  const operator = await browser.person(service, "odile", password);
  await operator.sees("#f-name:focus");
  await operator.page.keyboard.type("Mme Leroy");
  await operator.press("F2");
  await operator.sees("#confirm-title");
  await operator.state("operator-confirm");
  await operator.press("Escape");
  await operator.sees("dialog[open]", { state: "detached" });
  assert.equal(await operator.page.inputValue("#f-name"), "Mme Leroy");
  const asked = operator.page.waitForEvent("dialog");
  const closing = operator.page.close({ runBeforeUnload: true });
  const dialog = await asked;
  assert.equal(dialog.type(), "beforeunload");
  await dialog.dismiss();
  await closing;
  assert.equal(await operator.page.inputValue("#f-name"), "Mme Leroy");
  await operator.press("F2");
  await operator.sees("#confirm-title");
  await operator.press("Tab");
  await operator.press("Enter");
  await operator.until(() => document.querySelector("#f-name").value === "");
  await operator.leave();
});

test("320 pixels wide, dark, without a horizontal scroll bar", async () => {
  const operator = await browser.person(service, "odile", password, { viewport: { width: 320, height: 640 }, colorScheme: "dark", reducedMotion: "reduce" });
  await operator.page.fill("#f-note", "Enfant de quatre ans seul à la maison, il pleure, les voisins sont inquiets.");
  await operator.sees(".routing.in-danger .badge.danger");
  const overflow = await operator.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overflow <= 0, `${overflow} pixels too wide`);
  await operator.state("operator-narrow-dark");
  await operator.page.fill("#f-note", "");
  await operator.leave();
});
