// Debian's Chromium, driven by playwright-core, and what every page must keep: axe finds nothing, nothing is asked of
// another host, nothing breaks the CSP, nothing stays in the browser.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { outputs } from "./service.mjs";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const axe = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
const executable = process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((file) => existsSync(file));
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const axe_tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

// In the page: what reaches beyond the window, or is cut. What may be scrolled by itself is left out, and what is cut with "…", for it stands
// in full elsewhere.
function tooWide() {
  const found = [];
  if (document.documentElement.scrollWidth > innerWidth) found.push(`the page is ${document.documentElement.scrollWidth - innerWidth} pixels too wide`);
  const shortened = (one) => one && (getComputedStyle(one).textOverflow === "ellipsis" || shortened(one.parentElement));
  const scrolls = (one) => one && (["auto", "scroll"].includes(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
  for (const one of document.querySelectorAll("body *")) {
    const own = [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "");
    if (!own || !one.checkVisibility({ visibilityProperty: true }) || shortened(one) || one.closest(".visually-hidden, .skip, option, thead")) continue;
    const style = getComputedStyle(one);
    const box = one.getBoundingClientRect();
    const says = `${one.tagName.toLowerCase()}.${one.className} "${one.textContent.trim().slice(0, 40)}"`;
    if ((box.right > innerWidth + 1 || box.left < -1) && !scrolls(one)) found.push(`${says} is beyond the window`);
    if (["hidden", "clip"].includes(style.overflowX) && one.scrollWidth > one.clientWidth + 1) found.push(`${says} is cut`);
  }
  return found;
}

// In the page: the figures that no list of definitions explains under their own words.
function undefinedFigures() {
  const words = (one) => one.textContent.replace(/\s+/g, " ").trim();
  const explained = new Set([...document.querySelectorAll(".definitions dt")].filter((term) => words(term.parentElement).length > words(term).length + 20).map(words));
  return [...document.querySelectorAll(".tiles dt, .bigs dt, thead th.n, .wall-table thead th + th")].map(words).filter((each) => !explained.has(each));
}

export class Browser {
  async start() {
    this.chromium = await chromium.launch({ executablePath: executable, args: flags, env: { ...process.env, LANGUAGE: "fr" } });
    await mkdir(outputs, { recursive: true });
  }

  async end() {
    await this.chromium?.close();
  }

  // A person at a PC of their own, logged in with the keyboard.
  // `script`: runs in each page before its own.
  async person(service, name, password, { script, ...options } = {}) {
    const context = await this.chromium.newContext({ locale: "fr-FR", viewport: { width: 1280, height: 800 }, ...options });
    context.setDefaultTimeout(15_000);
    if (script) await context.addInitScript(script);
    const page = await context.newPage();
    const person = new Person(page, name);
    person.watch(service);
    await page.goto(service.url);
    await person.login(name, password);
    return person;
  }

  async visitor(service, options = {}) {
    const context = await this.chromium.newContext({ locale: "fr-FR", viewport: { width: 1280, height: 800 }, ...options });
    context.setDefaultTimeout(15_000);
    const person = new Person(await context.newPage(), "visitor");
    person.watch(service);
    await person.page.goto(service.url);
    return person;
  }
}

// Words and numbers long enough to be somebody's, a number without its spaces.
function wordsOf(text) {
  const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  const number = text.replace(/[ .]/g, "").match(/\d{9,}/g) ?? [];
  return [...words.filter((word) => word.length >= 5), ...number.map((digits) => digits.slice(-9))];
}

// Fields that take staff's names, references, dates and a topic's or unit's own words.
const of_no_caller = /^(login-|own-password|rights-|pbx-token|account-search|reads-|audit-|report-|calls-|dry-|filter-|absence-|act-until|act-into|view-name)/;

export class Person {
  constructor(page, name) {
    this.page = page;
    this.name = name;
    this.faults = [];
    this.said = new Set();
    this.texts = [];
  }

  watch(service) {
    const mine = new URL(service.url).host;
    this.page.on("pageerror", (error) => this.faults.push(`exception: ${error.message}`));
    this.page.on("console", (message) => {
      if (/content security policy|refused to/i.test(message.text())) this.faults.push(message.text());
    });
    this.page.context().on("request", (request) => {
      const { host, protocol } = new URL(request.url());
      if (protocol.startsWith("http") && host !== mine) this.faults.push(`asked ${host}`);
      const began = [...new URL(request.url()).searchParams.values()].find((value) => value.length >= 3 && this.texts.some((text) => text.startsWith(value.toLowerCase())));
      const told = began ?? wordsOf(decodeURIComponent(request.url())).find((word) => this.said.has(word));
      if (told) this.faults.push(`what was typed stands in an address: ${told}, ${request.method()} ${new URL(request.url()).pathname}`);
    });
    this.remember();
  }

  // What is typed of callers: their names, numbers, what they said. None of it may stand in an address, for those are written into logs.
  remember() {
    const { page } = this;
    const { keyboard } = page;
    const keep = (field, text) => {
      if (of_no_caller.test(field)) return;
      this.texts.push(text.toLowerCase()); // half a text is asked about while it is typed
      for (const word of wordsOf(text)) this.said.add(word);
    };
    const [fill, type] = [page.fill.bind(page), keyboard.type.bind(keyboard)];
    page.fill = (selector, text, ...more) => {
      keep(selector.replace(/^#/, ""), text);
      return fill(selector, text, ...more);
    };
    keyboard.type = async (text, ...more) => {
      keep(await page.evaluate(() => document.activeElement?.id ?? ""), text);
      return type(text, ...more);
    };
  }

  async login(name, password) {
    await this.page.waitForSelector("#login-name:focus");
    await this.page.keyboard.type(name);
    await this.page.keyboard.press("Tab");
    await this.page.keyboard.type(password);
    await this.page.keyboard.press("Enter");
    await this.page.waitForSelector(".who .name");
  }

  press(key) {
    return this.page.keyboard.press(key);
  }

  // By Tab alone, to the next button, link or summary of this name (a text or an expression), and presses it.
  async choose(name) {
    for (let i = 0; i < 150; ++i) {
      await this.press("Tab");
      const text = await this.page.evaluate(() => document.activeElement.matches("button, a, summary") ? document.activeElement.innerText.replace(/\s+/g, " ").trim() : "");
      if (typeof name === "string" ? text === name || text.startsWith(`${name} `) : name.test(text)) return this.press("Enter");
    }
    assert.fail(`no button ${name} by Tab`);
  }

  text(selector) {
    return this.page.locator(selector).innerText();
  }

  sees(selector, options) {
    return this.page.waitForSelector(selector, options);
  }

  // The condition, an expression in the page, becomes true.
  until(condition, argument) {
    return this.page.waitForFunction(condition, argument);
  }

  // One state of one screen, as it is now: a picture, axe, and whether it fits where there is little room.
  async state(name) {
    await this.page.screenshot({ path: path.join(outputs, `${name}.png`), fullPage: true });
    await this.page.evaluate(axe);
    await this.axe(name, axe_tags);
    assert.deepEqual(await this.page.evaluate(undefinedFigures), [], `figures without a definition on ${name}`);
    await this.fits(name);
  }

  // `rules`: tags, or names of rules.
  async axe(name, rules) {
    const found = await this.page.evaluate((rules) => axe.run(document, { runOnly: rules }), rules);
    const lines = found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target} ${node.failureSummary}`));
    assert.deepEqual(lines, [], `axe on ${name}`);
  }

  // WCAG 1.4.10 and 1.4.4: at 320 pixels, and at 200 % of a window of 1280 by 800, nobody scrolls sideways and no word is cut.
  async fits(name) {
    const before = this.page.viewportSize();
    for (const [width, height] of [[320, 640], [640, 400]]) {
      await this.page.setViewportSize({ width, height });
      assert.deepEqual(await this.page.evaluate(tooWide), [], `${name} at ${width} pixels`);
    }
    await this.page.setViewportSize(before);
  }

  async leave() {
    const stored = await this.page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length);
    assert.equal(stored, 0, "nothing may stay in the browser, and scripts may not see the session's cookie");
    assert.deepEqual(this.faults, []);
    await this.page.context().close();
  }
}

// What the browser would play and show, in `heard`: a script for a page.
export const listening = () => {
  globalThis.heard = [];
  globalThis.AudioContext = class {
    // Browsers let a page sound that was just opened by a key or a click, and not one that was loaded again.
    state = performance.getEntriesByType("navigation")[0].type === "reload" ? "suspended" : "running";
    currentTime = 0;
    destination = {};
    resume = async () => {
      this.state = "running";
      this.onstatechange?.();
    };
    close = async () => {};
    createGain = () => ({ gain: { setValueAtTime() {}, linearRampToValueAtTime() {} }, connect: (next) => next });
    createOscillator = () => ({ frequency: {}, connect: (next) => next, start: () => globalThis.heard.push("tone"), stop() {} });
  };
  globalThis.Notification = class {
    static permission = "granted";
    static requestPermission = async () => "granted";
    constructor(title, options) {
      globalThis.heard.push(`${title}: ${options.body}`);
    }
    close() {}
  };
  document.hasFocus = () => false;
};

// A change asked of the service in this person's name, without their screen: for what a test only needs to be so.
export async function ask(person, path, body) {
  const answer = await person.page.evaluate(async ([path, body]) => {
    const { csrf } = await (await fetch("/api/v1/me")).json();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const time = Date.now();
    for (let i = 0; i < 6; ++i) bytes[i] = Math.floor(time / 256 ** (5 - i)) % 256;
    bytes[6] = (bytes[6] & 0x0f) | 0x70;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const key = hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
    const headers = { "Content-Type": "application/json", "X-CSRF-Token": csrf, "Idempotency-Key": key };
    const response = await fetch(`/api/v1/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    return { status: response.status, ...(await response.json()) };
  }, [path, body]);
  assert.ok(answer.status < 300, `${path}: ${answer.status} ${answer.detail}`);
  return answer;
}

// Holds both requests until both are there, so that neither page can learn of the other's before it asks.
export async function together(people, path) {
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

// From its next load on, this page is told other counts than the service counted: what only hours bring about.
export async function retold(page, change) {
  await page.route("**/api/v1/bannettes", async (route) => {
    const response = await route.fetch();
    const body = await response.json();
    await route.fulfill({ response, json: { ...body, items: change(body.items) } });
  });
  await page.routeWebSocket("**/api/v1/live", (page) => {
    const server = page.connectToServer();
    server.onMessage((text) => {
      const message = JSON.parse(text);
      page.send(JSON.stringify(message.type === "counts" ? { ...message, items: change(message.items) } : message));
    });
  });
}

// The page's live line in a test's hand, from its next load on. What is asked by REST goes on.
export async function lineOf(page) {
  const open = new Set();
  const line = { cut: false, deaf: false };
  await page.routeWebSocket("**/api/v1/live", (socket) => {
    if (line.cut) return void socket.close();
    open.add(socket);
    socket.onClose(() => open.delete(socket));
    const server = socket.connectToServer();
    server.onMessage((text) => line.deaf || socket.send(text));
    server.onClose(() => socket.close());
  });
  line.break = () => {
    line.cut = true;
    for (const socket of open) void socket.close();
  };
  line.say = (message) => {
    for (const socket of open) socket.send(JSON.stringify(message));
  };
  return line;
}

// Fills the operator's form as it stands and sends it; gives the reference.
export async function logCall(operator, fields) {
  const { page } = operator;
  for (const [name, value] of Object.entries(fields)) await page.fill(`#f-${name}`, value);
  await page.waitForSelector(".routing .destination, .routing .notice");
  await page.keyboard.press("Control+Enter");
  return (await page.locator(".receipt.durable .big-reference strong").innerText()).trim();
}
