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

// Counts keys but those of names and free text: the aim is 30 for a call.
class Keys {
  constructor(operator) {
    this.operator = operator;
    this.count = 0;
  }
  async press(...names) {
    for (const name of names) await this.operator.press(name);
    this.count += names.length;
  }
  async type(text) {
    await this.operator.page.keyboard.type(text);
    this.count += [...text].length;
  }
  free(text) {
    return this.operator.page.keyboard.type(text);
  }
}

const focused = (person) => person.page.evaluate(() => document.activeElement?.id ?? "");

test("a whole call in at most 30 keys besides names and free text, without a mouse", async () => {
  const operator = await browser.person(service, "odile", password);
  const keys = new Keys(operator);
  await operator.sees("#f-name:focus");
  await keys.free("M. Dubois");
  await keys.press("Tab");
  assert.equal(await focused(operator), "f-phone");
  await keys.type("0320112233");
  await keys.press("Tab");
  assert.equal(await focused(operator), "f-commune");
  await keys.type("tour");
  await operator.sees("#l-commune [role=option]");
  await operator.state("operator-communes");
  await keys.press("ArrowDown");
  await operator.sees("#f-commune[aria-activedescendant=o-commune-0]");
  await keys.press("Enter");
  assert.equal(await operator.page.inputValue("#f-commune"), "Tourcoing");
  await keys.press("Tab");
  assert.equal(await focused(operator), "f-address");
  await keys.free("5 rue de Gand");
  await operator.sees("#l-address [role=option]");
  await operator.state("operator-streets");
  await keys.press("ArrowDown", "Enter", "Tab");
  assert.match(await operator.page.inputValue("#f-address"), /^5 .*gand/i);
  assert.equal(await focused(operator), "f-note");
  await keys.free("Sa mère âgée tombe souvent, il demande l'APA et une aide à domicile.");
  await operator.until(() => /APA/.test(document.querySelector(".questions .of")?.innerText ?? "") && document.querySelector(".routing").getAttribute("aria-busy") === "false");
  await keys.press("Tab", "Space", "Tab", "Space", "Tab"); // two questions by their first answer, the third in words
  await operator.until(() => document.querySelectorAll(".choice.is-on").length === 2);
  await keys.free("vendredi");
  await operator.sees(".routing .destination strong");
  await operator.state("operator-questions");
  await keys.press("Control+Enter");
  await operator.sees(".receipt.durable .primary:focus");
  assert.match(await operator.text(".spoken"), /comme/);
  await keys.press("Enter"); // the next call
  await operator.sees("#f-name:focus");
  assert.equal(await operator.page.inputValue("#f-note"), "");
  console.log(`keys besides names and free text: ${keys.count}`);
  assert.ok(keys.count <= 30, `${keys.count} keys`);
  await operator.leave();
});

test("F1 lists the keys; Enter in a field sends nothing; Escape closes what is proposed", async () => {
  const operator = await browser.person(service, "odile", password);
  await operator.sees("#f-name:focus");
  await operator.press("F1");
  await operator.sees("dialog.help");
  await operator.state("operator-help");
  await operator.press("Escape");
  await operator.sees("dialog[open]", { state: "detached" });
  await operator.press("Enter");
  assert.equal(await operator.page.locator(".send .notice").count(), 0);
  await operator.page.focus("#f-commune");
  await operator.page.keyboard.type("rou");
  await operator.sees("#l-commune [role=option]");
  await operator.press("Escape");
  await operator.sees("#l-commune", { state: "hidden" });
  assert.equal(await operator.page.inputValue("#f-commune"), "rou", "what was typed stays");
  await operator.page.fill("#f-commune", "");
  await operator.leave();
});

test("each key's own proposal is what is shown, and none of a key before it", async () => {
  const operator = await browser.person(service, "odile", password);
  const { page } = operator;
  const text = "Loyer impayé depuis trois mois, elle a reçu un commandement de quitter les lieux.";
  const begin = 56; // at each further letter its reasons may change
  const asks = (note) => (sent) => sent.url().endsWith("/api/v1/classify") && sent.postDataJSON().note === note;
  const shown = () => page.locator(".routing .reasons li").allTextContents();
  await page.fill("#f-commune", "Roubaix");
  await page.fill("#f-note", text.slice(0, begin));
  await operator.until(() => document.querySelector(".routing .reasons li") && document.querySelector(".routing").getAttribute("aria-busy") === "false");
  await page.press("#f-note", "Control+End");
  for (let length = begin + 1; length <= text.length; ++length) {
    const note = text.slice(0, length).trim();
    const last = text[length - 1] === " " ? undefined : page.waitForResponse((response) => asks(note)(response.request()));
    await page.keyboard.type(text[length - 1]);
    if (!last) continue;
    const { because } = await (await last).json();
    await operator.until(() => document.querySelector(".routing").getAttribute("aria-busy") === "false");
    assert.deepEqual(await shown(), because.map((reason) => reason.text), note);
  }

  // One is slow, and another key comes: it is given up, and what it would have said never stands there.
  const slow = new Promise((held) => page.route("**/api/v1/classify", held, { times: 1 }));
  await page.keyboard.type("!");
  const route = await slow;
  assert.equal(await page.locator(".routing").getAttribute("aria-busy"), "true");
  const givenUp = page.waitForEvent("requestfailed", (request) => request === route.request());
  const last = page.waitForResponse((response) => asks(`${text} Colis alimentaire.`)(response.request()));
  await page.fill("#f-note", `${text} Colis alimentaire.`);
  const { because } = await (await last).json();
  await givenUp;
  await operator.until(() => document.querySelector(".routing").getAttribute("aria-busy") === "false");
  assert.deepEqual(await shown(), because.map((reason) => reason.text));
  await page.fill("#f-note", "");
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
