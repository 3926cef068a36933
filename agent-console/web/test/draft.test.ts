import assert from "node:assert/strict";
import { test } from "node:test";
import { Draft } from "../src/draft.js";

// Time that passes only when told to (node:test's own mock timers differ between Node 18 and 20).
class Timers {
  private readonly due = new Map<number, { at: number; run: () => void }>();
  private now = 0;
  private last = 0;
  private readonly real = { set: globalThis.setTimeout, clear: globalThis.clearTimeout };

  constructor() {
    globalThis.setTimeout = ((run: () => void, after: number) => {
      this.due.set(++this.last, { at: this.now + after, run });
      return this.last;
    }) as unknown as typeof setTimeout;
    globalThis.clearTimeout = ((id: number) => void this.due.delete(id)) as unknown as typeof clearTimeout;
  }

  tick(ms: number): void {
    this.now += ms;
    for (const [id, timer] of [...this.due]) {
      if (timer.at > this.now) continue;
      this.due.delete(id);
      timer.run();
    }
  }

  reset(): void {
    globalThis.setTimeout = this.real.set;
    globalThis.clearTimeout = this.real.clear;
  }
}

// A server that answers when told to, so that answers can overtake each other.
class SlowServer {
  asked: { note: string; answer: () => Promise<void> }[] = [];

  constructor() {
    globalThis.fetch = ((_url: unknown, init: { body: string }) =>
      new Promise((resolve) => {
        const { note } = JSON.parse(init.body) as { note: string };
        const body = JSON.stringify({ topic: note, topics: [], urgency: "normal", danger: false, candidates: [], because: [], insee: "59512" });
        this.asked.push({
          note,
          answer: async () => {
            resolve(new Response(body, { status: 200 }));
            for (let turn = 0; turn < 20; ++turn) await Promise.resolve();
            await new Promise((done) => setImmediate(done));
          },
        });
      })) as typeof fetch;
  }
}

test("it asks once a pause, and an overtaken answer is dropped", async () => {
  const timers = new Timers();
  const server = new SlowServer();
  const draft = new Draft();
  for (const text of ["l", "lo", "loyer"]) draft.type("note", text);
  timers.tick(120);
  assert.deepEqual(server.asked.map((one) => one.note), ["loyer"], "one question for three keystrokes");
  draft.type("note", "loyer impayé");
  timers.tick(120);
  assert.equal(server.asked.length, 2);
  await server.asked[1]?.answer();
  assert.equal(draft.proposal?.topic, "loyer impayé");
  await server.asked[0]?.answer();
  assert.equal(draft.proposal?.topic, "loyer impayé", "the older answer came last and is dropped");
  timers.reset();
});

test("an emptied draft forgets its proposal, whatever is still on its way", async () => {
  const timers = new Timers();
  const server = new SlowServer();
  const draft = new Draft();
  draft.type("note", "loyer");
  timers.tick(120);
  draft.type("note", "");
  await server.asked[0]?.answer();
  assert.equal(draft.proposal, undefined);
  timers.reset();
});

test("only what was corrected is sent, under one key", () => {
  const draft = new Draft();
  const { key } = draft;
  draft.fields.note = " Loyer impayé ";
  assert.deepEqual(draft.call(), { note: "Loyer impayé", commune: "", address: "", caller: { name: "", phone: "" } });
  draft.correct("danger", "no");
  draft.correct("urgency", "urgent");
  draft.insee = "59512";
  assert.deepEqual(draft.call(), { note: "Loyer impayé", commune: "", address: "", caller: { name: "", phone: "" }, urgency: "urgent", danger: false, insee: "59512" });
  assert.equal(draft.key, key);
  draft.followProposal();
  assert.equal("urgency" in draft.call(), false);
  draft.renew();
  assert.notEqual(draft.key, key);
  assert.equal(draft.dirty, false);
});

test("the key is a UUIDv7 of now", () => {
  const { key } = new Draft();
  assert.match(key, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const time_ms = parseInt(key.replace("-", "").slice(0, 12), 16);
  assert.ok(Math.abs(time_ms - Date.now()) < 5_000);
});
