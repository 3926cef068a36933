// From a key to what it paints, on the screens where one types: node paint.mjs (./dev bench keys). The browser measures it itself (Event
// Timing: from the key's time to the next paint, in steps of 8 ms; what takes less than 16 it does not tell and is reckoned as 16). The
// screens are as on a full day: a bannette of 200 rows, in which requests come in while one types. Aim: 50 ms at the 95th percentile. And
// from a key to the routing that is proposed for it: 100 ms.
import { ask, Browser } from "./lib/browser.mjs";
import { Scene, east } from "./lib/scene.mjs";

const full = 200; // rows in the bannette
const pace_ms = 60; // between two keys: a quick typist
const sentence = "Madame explique que son loyer est impayé depuis trois mois, elle a reçu un commandement de quitter les lieux et dort très mal. ";
const browser = new Browser();
const scene = new Scene();

const observed = () => {
  globalThis.keyTimes = [];
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (name === "keydown") globalThis.keyTimes.push(duration);
  }).observe({ type: "event", durationThreshold: 16 });
  // The next frame is on the screen: a task after its callbacks.
  globalThis.painted = () => new Promise((done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = done;
    port2.postMessage("");
  }));
};

const at = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
// A window so tall that each form stands whole in it: of one that is cut at its lower edge, a browser without a screen tells the paint late
// (with a screen it does not).
const enter = (name) => scene.person(browser, name, { script: observed, viewport: { width: 1280, height: 1000 } });
const request = (person, why) =>
  ask(person, "requests", { note: `Demande d'aide alimentaire, loyer en retard (${why}).`, commune: "Roubaix", bannette: `${east}/social` });

// Presses these keys where the focus is; `beside` is done at every tenth.
async function measure(person, what, keys, beside) {
  await person.page.evaluate(() => void (globalThis.keyTimes.length = 0));
  let count = 0;
  for (const key of keys) {
    if (key.length > 1) await person.page.keyboard.press(key, { delay: pace_ms });
    else await person.page.keyboard.type(key, { delay: pace_ms });
    if (++count % 10 === 0) await beside?.(`${what}, ${count}`);
  }
  // It is told after the paint, in a task of its own.
  const told = await person.page.evaluate(async () => {
    await globalThis.painted();
    await globalThis.painted();
    return globalThis.keyTimes;
  });
  const all = [...told, ...Array(Math.max(0, count - told.length)).fill(16)].sort((a, b) => a - b);
  console.log(JSON.stringify({ key_to_paint: what, keys: count, p50_ms: at(all, 0.5), p95_ms: at(all, 0.95), most_ms: all.at(-1) }));
}

// From a key in the note to the screen that shows what was proposed for it: asked, answered, drawn. Aim: 100 ms.
async function routing(odile) {
  await odile.page.fill("#f-note", sentence.slice(0, 30));
  await odile.until(() => document.querySelector(".routing .reasons") && document.querySelector(".routing").getAttribute("aria-busy") === "false");
  await odile.page.press("#f-note", "Control+End");
  const took = [];
  for (const letter of sentence.slice(30)) {
    const shown = odile.page.evaluate(() => new Promise((done) => {
      let began;
      for (const type of ["keydown", "input"]) addEventListener(type, (event) => void (began ??= event.timeStamp), { capture: true, once: true }); // an accent comes without a key
      const seen = new MutationObserver((changes) => {
        if (!changes.some(({ oldValue }) => oldValue === "true") || changes.at(-1).target.getAttribute("aria-busy") !== "false") return;
        seen.disconnect();
        void globalThis.painted().then(() => done(performance.now() - began));
      });
      seen.observe(document.querySelector(".routing"), { attributeFilter: ["aria-busy"], attributeOldValue: true });
    }));
    await odile.page.evaluate(() => undefined); // the observer stands
    await odile.page.keyboard.type(letter);
    took.push(await shown);
  }
  took.sort((a, b) => a - b);
  console.log(JSON.stringify({ key_to_routing: "operator, note", keys: took.length, p50_ms: Math.round(at(took, 0.5)), p95_ms: Math.round(at(took, 0.95)), most_ms: Math.round(took.at(-1)) }));
}

async function operator(odile) {
  await odile.press("F2");
  for (const [field, text] of [["name", "Madame Marguerite Vandenbroucke"], ["commune", "Villeneuve-d'Ascq"], ["address", "12 boulevard de Tournai"]]) {
    await odile.page.focus(`#f-${field}`);
    await measure(odile, `operator, ${field}`, text);
  }
  await odile.page.focus("#f-note");
  await measure(odile, "operator, note", sentence);
  await routing(odile);
  await odile.page.fill("#f-note", sentence.repeat(22));
  await odile.page.press("#f-note", "Control+End");
  await measure(odile, "operator, note of 3,000 letters", sentence);
}

async function unit(amina, olivier) {
  const more = (why) => request(olivier, why);
  await amina.until((count) => document.querySelectorAll(".row").length >= count, full);
  await amina.page.focus("#filter-text");
  await measure(amina, "unit, search in 200 rows", "alimentaire roubaix", more);
  await amina.page.fill("#filter-text", "");
  await amina.page.focus(".row-button");
  await measure(amina, "unit, arrows through the rows", Array(60).fill("ArrowDown"), more);
  await amina.page.focus(`.row-button[data-id="${scene.rent.id}"]`);
  await amina.press("Enter");
  await amina.sees("#dossier-title:focus");
  await amina.press("F9");
  await amina.sees("#act-note");
  await amina.page.focus("#act-note");
  await measure(amina, "unit, note beside 200 rows", sentence, more);
}

async function board(sofia, olivier) {
  await sofia.press("F3");
  await sofia.sees(".case");
  await sofia.page.locator('.case [data-act="reassign"]').first().click();
  await sofia.page.locator("form.act textarea").focus();
  await measure(sofia, "board, arbitration", sentence, (why) => request(olivier, why));
}

try {
  await scene.start();
  await browser.start();
  const [odile, olivier, amina, denis] = await Promise.all(["odile", "olivier", "amina", "denis"].map(enter));
  await scene.fill(odile, amina, denis);
  for (let i = 0; i < full; ++i) await request(olivier, i);
  await operator(odile);
  await unit(amina, olivier);
  await board(await enter("sofia"), olivier);
} finally {
  await browser.end();
  await scene.end();
}
