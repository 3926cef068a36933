// The draft on the server: how soon, how often, and what happens when two pages, a lost answer or a colleague come between.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Draft } from "../src/draft.js";
import { Keeping } from "../src/keeping.js";
import { Timers, settled } from "./timers.js";

interface Put {
  path: string;
  version: number;
  content: unknown;
  keepalive: boolean;
}

// Keeps versions as the service does; `answer` may spoil what it says.
class Server {
  puts: Put[] = [];
  version = 0;
  content: unknown;
  ended: string[] = [];
  silent = false;     // answers nothing
  down = false;       // nothing arrives
  deaf = false;       // refuses to erase
  lose = false;       // keeps it, and the answer never comes
  refuse: { status: number; code: string } | undefined;

  constructor() {
    globalThis.fetch = (async (url: string, init: RequestInit) => this.serve(url, init)) as typeof fetch;
  }

  private serve(url: string, init: RequestInit): Response | Promise<Response> {
    if (this.silent) return new Promise(() => {});
    if (this.down) throw new TypeError("no connection");
    const say = (status: number, body: object): Response => new Response(JSON.stringify(body), { status });
    if (url.includes("/classify")) return say(200, {});
    if (init.method === "GET") return say(200, { key: "k", version: this.version, content: this.content });
    if (init.method !== "PUT") {
      this.ended.push(url);
      return new Response(null, { status: this.deaf ? 503 : 204 });
    }
    const body = JSON.parse(String(init.body)) as { version: number; content: unknown };
    this.puts.push({ path: url, version: body.version, content: body.content, keepalive: init.keepalive ?? false });
    if (this.refuse) return say(this.refuse.status, { code: this.refuse.code, detail: "" });
    if (body.version !== this.version) return say(409, { code: "stale_fence", detail: "" });
    ++this.version;
    this.content = body.content;
    if (this.lose) throw new TypeError("connection lost");
    return say(200, { key: "k", version: this.version });
  }
}

function begin(): { timers: Timers; server: Server; draft: Draft; keeping: Keeping; type: (text: string) => void; end: () => void } {
  const timers = new Timers();
  const server = new Server();
  const draft = new Draft();
  const keeping = new Keeping(draft);
  return { timers, server, draft, keeping, type: (text) => draft.type("name", text), end: () => (draft.renew(), keeping.follow(0), timers.reset()) };
}

test("who types without a pause is kept every two seconds, and once more at the end", async () => {
  const { timers, server, keeping, type, end } = begin();
  for (let i = 1; i <= 50; ++i) { // a key each 100 ms
    type("x".repeat(i));
    timers.tick(100);
    await settled();
  }
  assert.ok(server.puts.length >= 2 && server.puts.length <= 4, `${server.puts.length} times in five seconds`);
  timers.tick(2_000);
  await settled();
  assert.equal((server.content as { fields: { name: string } }).fields.name, "x".repeat(50));
  assert.equal(keeping.unkept, false);
  assert.equal(keeping.late, false);
  end();
});

test("a page that goes sends what is left at once, in a request that outlives it", async () => {
  const { server, keeping, type, end } = begin();
  type("Mme Leroy");
  void keeping.flush(true);
  await settled();
  assert.equal(server.puts.length, 1);
  assert.equal(server.puts[0]?.keepalive, true);
  end();
});

test("nothing typed, nothing kept", async () => {
  const { timers, server, draft, end } = begin();
  draft.type("name", "  ");
  timers.tick(5_000);
  await settled();
  assert.equal(server.puts.length, 0);
  end();
});

test("what cannot be kept is said, tried again, and kept in the end", async () => {
  const { timers, server, keeping, type, end } = begin();
  server.refuse = { status: 503, code: "disk_full" };
  type("a");
  timers.tick(800);
  await settled();
  assert.equal(keeping.late, true);
  server.refuse = undefined;
  timers.tick(2_000);
  await settled();
  assert.equal(keeping.late, false);
  assert.equal(server.version, 1);
  end();
});

test("what stays without any answer is said after three seconds, although nobody types", async () => {
  const { timers, server, keeping, type, end } = begin();
  server.silent = true;
  let told = 0;
  keeping.onChange = () => (told += keeping.late ? 1 : 0);
  type("a");
  timers.tick(2_999);
  await settled();
  assert.equal(told, 0);
  timers.tick(2);
  assert.equal(told, 1);
  server.silent = false;
  end();
});

test("an answer that was lost is no other page's doing", async () => {
  const { timers, server, keeping, type, end } = begin();
  server.lose = true;
  type("a");
  timers.tick(800);
  await settled();
  assert.equal(keeping.unkept, true, "nobody knows");
  server.lose = false;
  type("ab");
  timers.tick(2_000);
  await settled();
  timers.tick(2_000);
  await settled();
  assert.equal(keeping.conflict, undefined);
  assert.equal(keeping.unkept, false);
  assert.equal((server.content as { fields: { name: string } }).fields.name, "ab");
  end();
});

test("of several lost answers it may be the first that came through", async () => {
  const { timers, server, keeping, type, end } = begin();
  server.lose = true;
  type("a");
  timers.tick(800);
  await settled();
  server.down = true;
  type("ab");
  timers.tick(2_000);
  await settled();
  server.down = server.lose = false;
  for (let i = 0; i < 2; ++i) {
    timers.tick(2_000);
    await settled();
  }
  assert.equal(keeping.conflict, undefined);
  assert.equal((server.content as { fields: { name: string } }).fields.name, "ab");
  assert.equal(keeping.unkept, false);
  end();
});

test("what could not be kept is not offered to a colleague", async () => {
  const { server, keeping, type, end } = begin();
  server.refuse = { status: 503, code: "disk_full" };
  type("a");
  assert.equal(await keeping.offer(), false);
  assert.deepEqual(server.puts.map((one) => one.path), server.puts.map(() => server.puts[0]?.path), "the offer itself was not asked for");
  end();
});

test("what is typed while another page's version comes is not overwritten by it", async () => {
  const { timers, server, keeping, type, draft, end } = begin();
  type("a");
  timers.tick(800);
  await settled();
  server.version = 5;
  server.content = { ...draft.kept(), fields: { name: "theirs", phone: "", commune: "", address: "" } };
  type("ab");
  timers.tick(2_000);
  await settled();
  assert.equal(keeping.conflict, "elsewhere");
  const adopting = keeping.adopt();
  type("abc");
  await adopting;
  assert.equal(draft.fields.name, "abc");
  assert.equal(keeping.conflict, "elsewhere");
  await keeping.adopt();
  assert.equal(draft.fields.name, "theirs");
  end();
});

test("another page's version is never overwritten unasked", async () => {
  const { timers, server, keeping, type, end } = begin();
  type("a");
  timers.tick(800);
  await settled();
  server.version = 5; // another page wrote
  server.content = { other: true };
  type("ab");
  timers.tick(2_000);
  await settled();
  assert.equal(keeping.conflict, "elsewhere");
  const before = server.puts.length;
  type("abc");
  timers.tick(5_000);
  await settled();
  assert.equal(server.puts.length, before, "it waits for a decision");
  await keeping.insist();
  await settled();
  assert.equal(keeping.conflict, undefined);
  assert.equal((server.content as { fields: { name: string } }).fields.name, "abc");
  end();
});

test("what is settled is erased after what is still on its way, and once more where that failed", async () => {
  const { server, keeping, type, draft, end } = begin();
  void keeping.end();
  await settled();
  assert.equal(server.ended.length, 0, "nothing was ever kept");
  type("a");
  server.deaf = true;
  void keeping.flush();
  void keeping.end();
  assert.equal(server.ended.length, 0, "the first is still on its way");
  draft.renew();
  keeping.follow(0);
  await settled();
  assert.equal(server.ended.length, 1);
  server.deaf = false;
  await keeping.endAll();
  await keeping.endAll();
  assert.equal(server.ended.length, 2);
  end();
});

test("taken over and ended are told apart", async () => {
  for (const [code, conflict] of [["held_by_other", "taken"], ["bad_state", "ended"]] as const) {
    const { timers, server, keeping, type, end } = begin();
    server.refuse = { status: 409, code };
    type("a");
    timers.tick(800);
    await settled();
    assert.equal(keeping.conflict, conflict);
    end();
  }
});
