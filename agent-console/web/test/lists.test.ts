import assert from "node:assert/strict";
import { test } from "node:test";
import { everything } from "../src/filter.js";
import { Lists } from "../src/lists.js";
import type { Header } from "../src/types.js";
import { unacknowledged } from "../src/rights.js";
import { count, header } from "./header.js";

// Answers by path, each when the test lets it.
class Server {
  readonly asked: string[] = [];
  private readonly waiting: { path: string; answer: (body: unknown) => void }[] = [];

  constructor() {
    globalThis.fetch = ((address: string) => {
      const path = address.replace("/api/v1/", "");
      this.asked.push(path);
      return new Promise((resolve) => this.waiting.push({ path, answer: (body) => resolve(new Response(JSON.stringify(body))) }));
    }) as typeof fetch;
  }

  async answer(path: string, body: unknown): Promise<void> {
    const index = this.waiting.findIndex((each) => each.path === path);
    assert.notEqual(index, -1, `${path} was not asked: ${this.asked.join()}`);
    this.waiting.splice(index, 1)[0]?.answer(body);
    await new Promise(setImmediate);
  }
}
const tray = (items: Header[], total = items.length): unknown => ({ as_of: 1, total, items, offered: [], copies: [], next: null });
const counts = (...items: unknown[]): unknown => ({ as_of: 1, at: "2026-11-25T09:00:00.000Z", items, slow: [], delegations: [] });
const danger = (id: string, more: Partial<Header> = {}): Header =>
  header(id, { danger: true, urgency: "immediate", climb: { fired: [], last: null, acknowledged_by: null }, ...more });
const all = "tray?limit=200";
const social = "tray?limit=200&bannette=utpas-x%2Fsocial";
const open = (lists: Lists): string[] => lists.all.list().filter(unacknowledged).map(({ id }) => id);

test("choosing a bannette does not hide the dangers of the others, where not all fit into one page", async () => {
  const server = new Server();
  const lists = new Lists(() => {}, () => {});
  void lists.load();
  await server.answer("bannettes", counts(count("utpas-x/enfance", 1)));
  await server.answer(all, tray([danger("a", { bannette: "utpas-x/enfance" })], 300));
  lists.choose({ ...everything, bannette: "utpas-x/social" });
  await server.answer(social, tray([header("b", {})], 250));
  assert.deepEqual(lists.of("open").map(({ id }) => id), ["b"]);
  assert.deepEqual(open(lists), ["a"]);
  lists.learn(header("c", { changed: "2026-11-25T09:10:00.000Z" }));
  lists.learn(header("d", { bannette: "utpas-x/enfance" }));
  assert.deepEqual(lists.of("open").map(({ id }) => id), ["b", "c"]);
  lists.end();
});

test("dangers that are counted and stand beyond the page are asked for", async () => {
  const server = new Server();
  const lists = new Lists(() => {}, () => {});
  void lists.load();
  await server.answer("bannettes", counts(count("utpas-x/social", 1), count("utpas-x/enfance", 0)));
  await server.answer(all, tray([header("a", {})], 300));
  await server.answer("tray?bannette=utpas-x%2Fsocial&limit=200", tray([header("a", {}), danger("held", { state: "reserved" })], 250));
  assert.deepEqual(open(lists), ["held"]);
  assert.equal(lists.all.total, 300);
  assert.equal(lists.dangers, 1);
});

test("a danger that arrives while the list is asked for stays in it", async () => {
  const server = new Server();
  let seen = 0;
  const lists = new Lists(() => {}, () => void ++seen);
  void lists.load();
  lists.learn(danger("new", { changed: "2026-11-25T09:10:00.000Z" }));
  const before = seen;
  await server.answer("bannettes", counts());
  await server.answer(all, tray([header("a", {})]));
  assert.deepEqual(open(lists), ["new"]);
  assert.equal(lists.all.total, 2);
  assert.ok(seen > before);
});

test("ended ones: page by page over empty pages, corrected by what is heard", async () => {
  const server = new Server();
  const lists = new Lists(() => {}, () => {});
  const page = (items: Header[], next: number | null): unknown => ({ ...(tray(items) as object), next });
  lists.showEnded();
  await server.answer("tray?ended=true&limit=100", page([header("a", { state: "handled" })], 900));
  assert.equal(lists.ended.more, true);
  void lists.ended.older(() => true);
  await server.answer("tray?ended=true&limit=100&before=900", page([], 400));
  await server.answer("tray?ended=true&limit=100&before=400", page([header("b", { state: "closed" })], null));
  assert.equal(lists.ended.more, false);
  lists.learn(header("a", { changed: "2026-11-25T09:10:00.000Z" })); // reopened
  lists.learn(header("c", { state: "merged" }));
  assert.deepEqual(lists.of("ended").map(({ id }) => id), ["c", "b"]);
});

test("ended ones by topic and commune are asked of the server; words are looked for page after page", async () => {
  const server = new Server();
  const lists = new Lists(() => {}, () => {});
  const page = (items: Header[], next: number | null): unknown => ({ ...(tray(items) as object), next });
  lists.showEnded();
  await server.answer("tray?ended=true&limit=100", page([header("a", { state: "handled", insee: "59512", commune: "Roubaix" })], 900));
  lists.choose({ ...everything, standing: "danger" }); // of those that were read
  assert.equal(server.asked.length, 1);
  lists.choose({ ...everything, topic: "social.budget", insee: "59512" });
  assert.deepEqual(lists.of("ended"), []);
  await server.answer("tray?ended=true&limit=100&topic=social.budget&insee=59512", page([header("b", { state: "closed", insee: "59598", commune: "Hem" })], 800));
  assert.deepEqual([...lists.communes().values()].sort(), ["Hem", "Roubaix"]);
  void lists.ended.older(({ id }) => id === "d");
  await server.answer("tray?ended=true&limit=100&before=800&topic=social.budget&insee=59512", page([header("c", { state: "closed" })], 700));
  await server.answer("tray?ended=true&limit=100&before=700&topic=social.budget&insee=59512", page([header("d", { state: "closed" })], 600));
  assert.equal(lists.ended.busy, false);
  assert.deepEqual(lists.of("ended").map(({ id }) => id), ["b", "c", "d"]);
  lists.learn(header("e", { state: "handled", topic: "another" })); // is not one of these
  assert.equal(lists.of("ended").length, 3);
});
