// The service stops while an operator types: the page says so, keeps the text, and sends it when the service is back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Browser } from "./lib/browser.mjs";
import { Service } from "./lib/service.mjs";

const service = new Service();
const browser = new Browser();
const note = "Facture d'électricité impayée, coupure annoncée pour lundi.";
let password;
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
  await operator.leave();
});
