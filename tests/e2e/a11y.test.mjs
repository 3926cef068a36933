// The states of the screens that no other test passes through, each looked at like theirs (lib/browser.mjs, state); the modes of the person's
// system; what is announced; the pages that are read.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Browser, lineOf } from "./lib/browser.mjs";
import { east, Scene } from "./lib/scene.mjs";

const browser = new Browser();
const scene = new Scene();
const at = {}; // who sits at their screen
const line = {}; // and their live line

before(async () => {
  await scene.start();
  await browser.start();
  for (const name of ["odile", "amina", "denis"]) at[name] = await scene.person(browser, name);
  await scene.fill(at.odile, at.amina, at.denis);
  scene.people.nadia = await scene.service.addPlainAgent("nadia", east);
  for (const name of ["mona", "sofia", "ines"]) at[name] = await scene.person(browser, name);
  for (const name of ["odile", "amina", "sofia"]) {
    line[name] = await lineOf(at[name].page);
    await at[name].page.reload();
  }
});
after(async () => {
  await browser.end();
  await scene.end();
});

const open = async (person, dossier) => {
  await person.page.focus(`.row-button[data-id="${dossier.id}"]`);
  await person.press("Enter");
  await person.until((reference) => document.querySelector("#dossier-title")?.innerText.includes(reference), dossier.reference);
};
const form = (act) => async (person) => {
  await person.page.click(`[data-act="${act}"].button`);
  await person.sees(`form[data-act="${act}"]`);
};

// Who, the name of the state, how one gets there, how one leaves it.
const states = [
  ["odile", "operator-telephone", async (odile) => {
    await scene.sits(odile, "poste-1");
    await scene.rings("newCall", "c1");
    await scene.rings("answer", "c1", { answeringNumber: "1001" });
    await scene.rings("newCall", "c2", { from: "0320445566" });
    await odile.sees(".phone.has-call");
    await odile.until(() => document.querySelector("#f-phone").value !== "");
  }],
  ["odile", "operator-post-held", async (odile) => {
    at.olivier = await scene.person(browser, "olivier");
    await at.olivier.page.selectOption("#phone-post", "poste-1");
    await at.olivier.page.press("#phone-post + button", "Enter");
    await at.olivier.sees(".phone .field-error");
    await at.olivier.state("operator-post-held-by-other");
    await at.olivier.leave();
    await odile.press("F2");
  }],
  ["odile", "operator-qualify", async (odile) => {
    await odile.press("F6");
    await odile.page.getByRole("radio", { name: "Renvoyé ailleurs" }).check();
    await odile.sees("#referral");
  }, "Escape"],
  ["odile", "operator-qualify-refused", async (odile) => {
    await odile.press("F6");
    await odile.press("Enter");
    await odile.sees("dialog .field-error");
  }, "Escape"],
  ["odile", "operator-recorded", async (odile) => { // the queue does not answer: the router has it
    const { page } = odile;
    await page.route("**/api/v1/requests", (route) => route.fulfill({ status: 202, json: { durable: false, bannette: `${east}/social`, since: new Date().toISOString() } }));
    line.odile.say({ type: "link", up: false });
    await odile.until(() => /enregistrées ici/.test(document.querySelector(".banner")?.innerText ?? ""));
    await page.fill("#f-note", "Loyer impayé depuis trois mois.");
    await odile.sees(".routing .destination, .routing .notice");
    await odile.press("Control+Enter");
    await odile.sees(".receipt.recorded .primary:focus");
    assert.match(await odile.text(".receipt"), /Enregistré ici, pas encore dans la bannette/);
    assert.doesNotMatch(await odile.text(".receipt"), /durablement|Référence/);
  }],
  ["odile", "operator-recorded-receipt", async (odile) => {
    const { page } = odile;
    await page.getByRole("button", { name: "Vérifier maintenant" }).click();
    await odile.until(() => /Toujours en attente/.test(document.querySelector(".receipt").innerText));
    await page.unroute("**/api/v1/requests");
    line.odile.say({ type: "link", up: true });
    await odile.sees(".banner", { state: "detached" });
    await page.getByRole("button", { name: "Vérifier maintenant" }).click();
    await odile.sees(".receipt.durable .big-reference");
    await odile.press("F2");
    await odile.press("F2");
    await odile.sees("#f-note");
  }],
  ["odile", "operator-callbacks", async (odile) => {
    await odile.press("F3");
    await odile.sees("#callbacks-title");
  }, "Escape"],
  ["odile", "own-password", async (odile) => {
    await odile.page.getByRole("button", { name: "Mot de passe" }).click();
    await odile.sees("#own-password-old");
    await odile.press("Enter");
    await odile.sees("#own-password-error");
  }, "Escape"],
  ["amina", "agent-form-handle", async (amina) => {
    await open(amina, scene.energy);
    await form("handle")(amina);
  }, "Escape"],
  ...["propose", "return", "copy", "merge", "hold"].map((act) => ["amina", `agent-form-${act}`, form(act), "Escape"]),
  ["mona", "manager-form-reassign", async (mona) => {
    await open(mona, scene.rent);
    await mona.press("F9");
    await mona.sees(".dossier .notice.ok");
    await form("reassign")(mona);
  }, "Escape"],
  ["mona", "manager-absence", async (mona) => {
    await mona.page.getByRole("button", { name: "Absence" }).click();
    await mona.sees("#absence-to");
  }, "Escape"],
  ["amina", "agent-form-refuse", async (amina) => {
    await amina.page.getByRole("button", { name: /^Proposées/ }).click();
    await open(amina, scene.aid);
    await form("refuse-proposal")(amina);
  }, "Escape"],
  ["amina", "agent-held-by-other", async (amina) => {
    await amina.page.getByRole("button", { name: /^Ouvertes/ }).click();
    await open(amina, scene.rent);
    await amina.sees(".dossier .notice");
  }],
  ["amina", "agent-queue-down", async (amina) => {
    await open(amina, scene.energy);
    await amina.page.fill("#act-note", "Elle rappelle demain.");
    line.amina.say({ type: "link", up: false });
    await amina.until(() => /rien ne peut être pris.*n’est que sur cet écran/.test(document.querySelector(".banner")?.innerText ?? ""));
    await amina.state("agent-queue-down-note");
    await amina.page.fill("#act-note", "");
    await amina.until(() => !/que sur cet écran/.test(document.querySelector(".banner").innerText));
    line.amina.say({ type: "link", up: true });
    await amina.sees(".banner", { state: "detached" });
  }],
  ["nadia", "agent-confidential", async (nadia) => {
    await nadia.page.locator(".row-button", { hasText: "Confidentiel" }).first().press("Enter");
    await nadia.until(() => /réservée aux personnes habilitées/.test(document.querySelector(".dossier")?.innerText ?? ""));
    assert.doesNotMatch(await nadia.text("main"), /frappé|Diallo/);
  }],
  ["nadia", "agent-no-unit", async (nadia) => { // her unit was taken out of the configuration
    await nadia.page.route("**/api/v1/me", async (route) => {
      const response = await route.fetch();
      const me = await response.json();
      await route.fulfill({ response, json: { ...me, user: { ...me.user, units: [] } } });
    });
    await nadia.page.reload();
    await nadia.until(() => /aucune unité/.test(document.querySelector(".notice.warn")?.innerText ?? ""));
    await nadia.page.unroute("**/api/v1/me");
  }],
  ["sofia", "board-telephone", async (sofia) => {
    await sofia.sees(".escalations.alarm");
    await sofia.sees("#chart-calls canvas");
    for (const details of await sofia.page.locator("details > summary").all()) await details.click();
  }],
  ["sofia", "board-tray", async (sofia) => {
    await sofia.page.locator(".figures .row-button").first().click();
    await sofia.sees(".tray-headers .header-line");
  }],
  ["sofia", "board-look-asks", async (sofia) => {
    await sofia.page.locator(".figures .row-button", { hasText: "Roubaix-Est : Service social" }).click();
    await sofia.page.locator("[data-look]").first().click();
    await sofia.sees("#look-purpose:focus");
  }, "Escape"],
  ["sofia", "board-look-closed", async (sofia) => {
    await sofia.page.locator(".figures .row-button", { hasText: "Roubaix-Est : Enfance" }).click();
    await sofia.page.locator(".tray-headers [data-look]").first().click();
    await sofia.until(() => /est confidentielle/.test(document.querySelector("dialog.look")?.innerText ?? ""));
    assert.doesNotMatch(await sofia.text("body"), /frappé|Diallo/);
  }, "Escape"],
  ["sofia", "board-late", async (sofia) => { // hours later
    await sofia.page.route("**/api/v1/tray?limit=*", async (route) => {
      const response = await route.fetch();
      const body = await response.json();
      const items = body.items.map((each) => (each.bannette === `${east}/social` ? { ...each, deadline: "2026-01-05T09:00:00.000Z" } : each));
      await route.fulfill({ response, json: { ...body, items } });
    });
    await sofia.page.route("**/api/v1/outbox?*", (route) => route.fulfill({ json: { waiting: 2, aside: 1, oldest: new Date().toISOString(), queue_up: false } }));
    line.sofia.say({ type: "resync" });
    await sofia.until((reference) => [...document.querySelectorAll(".lateness .found-item")].some((each) => each.innerText.includes(reference) && /en retard de \d/.test(each.innerText)), scene.food.reference);
    assert.match(await sofia.text(".lateness"), /Pas assez de données : \d demande/);
  }],
  ["sofia", "board-outbox", async (sofia) => {
    await sofia.press("F3");
    await sofia.until(() => /2 demandes enregistrées attendent.*1 demande mise de côté/.test(document.querySelector("bn-arbitration .notice.warn")?.innerText ?? ""));
    await sofia.page.unroute("**/api/v1/tray?limit=*");
    await sofia.page.unroute("**/api/v1/outbox?*");
    await sofia.press("F2");
  }],
  ["sofia", "wall-telephone", async (sofia) => {
    await sofia.press("F8");
    await sofia.sees(".wall .big.alarm");
    assert.equal(await sofia.page.locator(".bigs dt").count(), 8);
  }],
  ["sofia", "wall-stale", async (sofia) => {
    line.sofia.say({ type: "link", up: false });
    await sofia.until(() => /Affichage interrompu/.test(document.querySelector(".wall.stale .wall-clock")?.innerText ?? ""));
    await sofia.state("wall-stale-shown");
    line.sofia.say({ type: "link", up: true });
    await sofia.press("Escape");
    await sofia.sees(".board .tiles");
  }],
  ["sofia", "board-calls-report", async (sofia) => {
    await sofia.press("F4");
    await sofia.sees("bn-calls-report tbody tr");
  }],
  ["ines", "admin-change-account", async (ines) => {
    await ines.page.getByRole("row", { name: /amina/ }).getByRole("button", { name: "Modifier" }).click();
    await ines.sees("#rights-role");
  }, "Escape"],
  ["ines", "admin-confirm-remove", async (ines) => {
    await ines.page.getByRole("row", { name: /olivier/ }).getByRole("button", { name: "Retirer" }).click();
    await ines.sees("#confirm-title");
  }, "Escape"],
  ["ines", "admin-new-token", async (ines) => {
    await ines.page.click("#tab-tokens");
    await ines.page.getByRole("button", { name: "Créer un jeton" }).click();
    await ines.sees("dialog[open] input");
  }, "Escape"],
  ["ines", "admin-audit", async (ines) => {
    await ines.page.click("#tab-audit");
    await ines.sees(".admin-table tbody tr");
  }],
  ["ines", "admin-help", async (ines) => {
    await ines.press("F1");
    await ines.sees("dialog.help a");
    assert.match(await ines.text("dialog.help"), /← →\s+Rubrique précédente, suivante/);
  }, "F1"],
  ["sofia", "board-help", async (sofia) => {
    await sofia.press("F1");
    await sofia.sees("dialog.help");
    assert.match(await sofia.text("dialog.help"), /F2\s+En direct\s+F3\s+Arbitrage[^]*F4\s+Rapports\s+F7\s+Consultations[^]*F8\s+Mode mural/);
  }, "F1"],
  ["ines", "board-reads-all", async (ines) => {
    await ines.page.evaluate(() => (location.hash = "tableau"));
    await ines.sees(".board .tiles");
    await ines.press("F7");
    await ines.sees("bn-reads tbody tr");
    await ines.press("F1");
    assert.doesNotMatch(await ines.text("dialog.help"), /Arbitrage/);
    await ines.press("F1");
  }],
];

for (const [who, name, go, leave] of states) {
  test(name, async () => {
    const person = (at[who] ??= await scene.person(browser, who));
    await go(person);
    await person.state(name);
    await person.page.emulateMedia({ colorScheme: "dark" });
    await person.axe(`${name} dark`, ["color-contrast"]);
    await person.page.emulateMedia({ colorScheme: "light" });
    if (leave) await person.press(leave);
    if (leave) await person.sees(leave === "Escape" && name.includes("-form-") ? `form.act:not([data-act="note"])` : "dialog[open]", { state: "detached" });
  });
}

test("high contrast and forced colours: contrast holds, and what is chosen is not told by colour alone", async () => {
  for (const name of ["odile", "amina", "sofia", "ines"]) {
    const { page } = at[name];
    await page.emulateMedia({ contrast: "more" });
    await at[name].axe(`${name} more contrast`, ["color-contrast"]);
    await page.emulateMedia({ contrast: "no-preference", forcedColors: "active" });
    const alone = await page.evaluate(() => [...document.querySelectorAll("[aria-pressed=true], [aria-selected=true], [aria-current]")].filter((one) => {
      const other = [...one.parentElement.children].find((each) => each.tagName === one.tagName && each !== one);
      const face = (each) => ["borderBottomWidth", "borderBottomColor", "backgroundColor", "color", "outlineWidth"].map((part) => getComputedStyle(each)[part]).join();
      return other && face(one) === face(other);
    }).map((one) => one.innerText));
    assert.deepEqual(alone, [], `${name} in forced colours`);
    await page.emulateMedia({ forcedColors: "none" });
  }
});

test("where the system asks for calm, nothing moves; elsewhere what is awaited does", async () => {
  const moving = ({ page }) => page.evaluate(() => document.getAnimations().map((one) => one.animationName ?? one.transitionProperty));
  const { odile } = at;
  const held = new Promise((hold) => odile.page.route("**/api/v1/classify", hold, { times: 1 }));
  await odile.page.fill("#f-note", "Loyer impayé");
  const route = await held;
  await odile.sees(".pulse.on");
  assert.deepEqual(await moving(odile), ["breathe"]);
  for (const name of ["odile", "amina", "sofia", "ines"]) {
    await at[name].page.emulateMedia({ reducedMotion: "reduce" });
    assert.deepEqual(await moving(at[name]), [], name);
    await at[name].page.emulateMedia({ reducedMotion: "no-preference" });
  }
  await route.continue();
  await odile.sees(".pulse.on", { state: "detached" });
});

test("only dangers and breaches interrupt: what moves by itself stands in no live region", async () => {
  for (const name of ["odile", "amina", "sofia", "ines"]) {
    const wrong = await at[name].page.evaluate(() => [...document.querySelectorAll("[aria-live], [role=status], [role=alert], [role=log], [role=timer]")]
      .filter((region) => region.querySelector("bn-time, .row, .tile, canvas, table")).map((region) => region.outerHTML.slice(0, 120)));
    assert.deepEqual(wrong, [], name);
  }
});

test("the end of a session is told before it comes: politely, prolonged by one key, and by a button", async () => {
  const { amina } = at;
  const told = [];
  await amina.page.route("**/me/active", (route) => {
    told.push(route.request().postDataJSON());
    return route.fulfill({ json: { idle_left_s: told.at(-1).ago_s === undefined ? 110 : 1_800, age_left_s: 36_000 } });
  });
  for (const prolong of [() => amina.press("Shift"), () => amina.page.dispatchEvent(".banner.ending .button", "click")]) {
    await amina.page.reload();
    await amina.sees(".banners[role=status] .banner.ending");
    assert.deepEqual(told.at(-1), {}); // a page that loads by itself is nobody
    if (told.length === 1) await amina.state("agent-session-ends");
    await prolong();
    await amina.sees(".banner.ending", { state: "detached" });
    assert.deepEqual(told.at(-1), { ago_s: 0 });
  }
  await amina.page.unroute("**/me/active");
});

test("without a connection each screen says so", async () => {
  for (const name of ["odile", "amina", "sofia"]) {
    await at[name].page.context().setOffline(true);
    await at[name].page.evaluate(() => dispatchEvent(new Event("offline")));
  }
  await scene.service.stop();
  for (const name of ["odile", "amina", "sofia"]) {
    await at[name].sees(".banner.lost");
    await at[name].state(`${name}-lost`);
  }
});

test("the pages that are read: from each screen's foot, without JavaScript", async () => {
  await scene.service.start(scene.service.address);
  const visitor = await browser.visitor(scene.service, { javaScriptEnabled: true });
  await visitor.sees("footer a[href='/accessibilite.html']");
  await visitor.page.goto(`${scene.service.url}accessibilite.html`);
  const pages = await visitor.page.evaluate(() => [...document.querySelectorAll("nav a")].map((link) => link.getAttribute("href")));
  assert.equal(pages.length, 7);
  for (const address of pages) {
    await visitor.page.goto(`${scene.service.url}${address.slice(1)}`);
    assert.equal(await visitor.page.locator(`nav a[aria-current=page][href="${address}"]`).count(), 1);
    await visitor.state(address.slice(1).replace(".html", ""));
  }
  assert.deepEqual(visitor.faults, []);
  await visitor.page.context().close();
});
