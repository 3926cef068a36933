// What comes next on the operator's screen, and that nothing typed, found or sent goes unsaid.
import { locale } from "#words/common.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { wire } from "../src/api.js";
import { Course } from "../src/course.js";
import { Draft } from "../src/draft.js";
import { operatorWords as words } from "#words/operator.js";
import { Keeping } from "../src/keeping.js";
import { Phone } from "../src/phone.js";
import { session } from "../src/session.js";
import type { CallNow, DraftHeader } from "../src/types.js";
import { settled, Timers } from "./timers.js";

const made = "2026-11-26T08:00:00Z";
const changed = "2026-11-26T08:05:00Z";

// Answers by "METHOD path" when told to; what has no answer waits for ever.
class Server {
  asked: string[] = [];
  answers: Record<string, () => { status: number; body: unknown } | "lost"> = {};
  private held: (() => void)[] = [];
  holding = "";

  constructor() {
    globalThis.fetch = (async (url: string, init: RequestInit) => {
      const what = `${init.method ?? "GET"} ${url.replace("/api/v1/", "")}`;
      this.asked.push(what);
      if (what === this.holding) await new Promise<void>((go) => this.held.push(go));
      const answer = this.answers[what]?.() ?? { status: what.startsWith("GET drafts") ? 404 : 500, body: {} };
      if (answer === "lost") throw new TypeError("connection lost");
      return new Response(answer.status === 204 ? null : JSON.stringify(answer.body), { status: answer.status });
    }) as typeof fetch;
    this.answers["GET drafts"] = () => ({ status: 200, body: { items: [] } });
  }
  async letGo(): Promise<void> {
    this.holding = "";
    for (const go of this.held.splice(0)) go();
    await settled();
  }
}

const header = (key: string, owner = "odile"): DraftHeader => ({ key, owner, version: 3, made, changed, danger: false, offered: false, from: null, may_take: false });
const content = (draft: Draft, name: string): object => ({ ...draft.kept(), fields: { name, phone: "", commune: "", address: "" } });
const call = (id: string, state = "presented"): CallNow => ({ id, state, queue: null, outbound: false, post: "p1", person: "odile", since: null, wrap_up_until: null, dossiers: [], number: "+33320112233" });

function begin(): { server: Server; draft: Draft; course: Course; phone: Phone; asked: string[]; focused: string[]; end: () => void } {
  const timers = new Timers();
  const server = new Server();
  const draft = new Draft();
  const keeping = new Keeping(draft);
  const phone = new Phone();
  const asked: string[] = [];
  const focused: string[] = [];
  session.user = { name: "odile", role: "operator", units: [], restricted: false };
  wire.expired = () => {};
  const confirm = async (text: string): Promise<boolean> => (asked.push(text), false);
  const course = new Course(draft, keeping, phone, { redraw: () => {}, focus: (selector) => void focused.push(selector), begun: () => {}, correct: () => {}, confirm });
  phone.onCall = (now, before) => void course.rang(now, before);
  return { server, draft, course, phone, asked, focused, end: () => (draft.renew(), keeping.follow(0), timers.reset()) };
}

const rings = (phone: Phone, now: CallNow | null): void => phone.heard({ type: "call", post: null, call: now });

test("a draft that cannot be taken up says why, and stays said", async () => {
  const { server, course, end } = begin();
  server.answers["POST drafts/k/take"] = () => ({ status: 409, body: { code: "held_by_other", detail: "olga est à son poste." } });
  await course.resume(header("k", "olga"));
  await settled();
  assert.equal(course.notice, "olga est à son poste.");
  assert.equal(course.frozen, false);
  await course.resume(header("gone"));
  await settled();
  assert.equal(course.notice, words.kept.gone);
  end();
});

test("what is found says when the server has it from, and who typed it", async () => {
  const { server, draft, course, end } = begin();
  server.answers["GET drafts/k"] = () => ({ status: 200, body: { ...header("k"), content: content(draft, "Mme Leroy") } });
  await course.resume(header("k"));
  const at = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
  assert.equal(course.notice, words.kept.found(at.format(new Date(changed))));
  assert.equal(draft.fields.name, "Mme Leroy");
  server.answers["POST drafts/k2/take"] = () => ({ status: 200, body: { ...header("k2"), content: content(draft, "M. Petit") } });
  await course.resume(header("k2", "olga"));
  assert.equal(course.notice, words.kept.takenOver("olga", at.format(new Date(made)), at.format(new Date(changed)), false));
  end();
});

test("nothing can be typed while a draft is on its way, and the next call is not overwritten by it", async () => {
  const { server, draft, course, end } = begin();
  server.answers["GET drafts/k"] = () => ({ status: 200, body: { ...header("k"), content: content(draft, "Mme Leroy") } });
  server.holding = "GET drafts/k";
  const resuming = course.resume(header("k"));
  assert.equal(course.frozen, true);
  await course.fresh(); // F2
  assert.equal(course.frozen, false);
  draft.type("name", "M. Petit");
  await server.letGo();
  await resuming;
  assert.equal(draft.fields.name, "M. Petit");
  assert.equal(course.notice, words.kept.waits);
  end();
});

test("a call that comes up meanwhile waits, and is there when nothing was found", async () => {
  const { server, draft, course, phone, end } = begin();
  server.holding = "GET drafts/k";
  const resuming = course.resume(header("k"));
  rings(phone, call("main:1"));
  assert.equal(draft.call, "");
  await server.letGo();
  await resuming;
  assert.equal(draft.call, "main:1");
  assert.equal(course.notice, words.kept.gone);
  end();
});

test("a call takes the place of nothing that somebody typed, chose or raised", async () => {
  const acts: [string, (draft: Draft) => void, boolean][] = [
    ["nothing", () => {}, true],
    ["blanks", (draft) => draft.type("name", "  "), true],
    ["a number", (draft) => draft.type("phone", "0612345678"), false],
    ["a street", (draft) => draft.type("address", "rue de Lille"), false],
    ["a commune", (draft) => draft.type("commune", "Roubaix"), false],
    ["a danger", (draft) => draft.part.raiseDanger(), false],
  ];
  for (const [what, act, taken] of acts) {
    const { draft, phone, end } = begin();
    rings(phone, call("main:0")); // its number is there, and nobody typed it
    await settled();
    rings(phone, null);
    await settled();
    act(draft);
    rings(phone, call("main:1"));
    await settled();
    assert.equal(draft.call === "main:1", taken, what);
    end();
  }
});

test("a hang-up keeps what was begun; one that nobody answered takes its empty form along", async () => {
  const { draft, course, phone, end } = begin();
  rings(phone, call("main:1"));
  await settled();
  rings(phone, null);
  await settled();
  assert.equal(draft.call, "");
  assert.equal(course.notice, words.telephone.takenBack);
  rings(phone, call("main:2", "talking"));
  await settled();
  draft.type("note", "Loyer");
  rings(phone, null);
  await settled();
  assert.equal(draft.call, "main:2");
  assert.equal(draft.part.note, "Loyer");
  end();
});

test("a receipt gives way to the next call, not to a second line beside the one that goes on", async () => {
  const { server, draft, course, phone, end } = begin();
  server.answers["POST requests"] = () => ({ status: 201, body: { reference: "K7F-3MX", bannette: "a/b", arrived: made, deadline: null, durable: true } });
  rings(phone, call("main:1", "talking"));
  await settled();
  draft.type("note", "Loyer");
  await course.send();
  assert.equal(course.phase, "done");
  rings(phone, call("main:2"));
  await settled();
  assert.equal(course.phase, "done", "the first is still on the line");
  rings(phone, call("main:1", "wrap_up"));
  rings(phone, call("main:3"));
  await settled();
  assert.equal(course.phase, "typing");
  assert.equal(draft.call, "main:3");
  assert.equal(course.recent[0]?.part.reference, "K7F-3MX");
  end();
});

test("who is still on the line after a receipt may ask for more, under another key; after the hang-up the form is empty", async () => {
  const { server, draft, course, phone, end } = begin();
  server.answers["POST calls/main:1/qualify"] = () => ({ status: 200, body: {} });
  rings(phone, call("main:1", "talking"));
  await settled();
  assert.equal(draft.key, "main:1");
  assert.equal(await course.settle({ outcome: "answered", redirected_to: "" }), "");
  await course.fresh();
  assert.equal(draft.call, "main:1");
  assert.notEqual(draft.key, "main:1", "that draft has ended");
  rings(phone, call("main:1", "wrap_up"));
  await course.fresh();
  assert.equal(draft.call, "");
  end();
});

test("a form that was opened for who is still on the line goes with them, where nothing was typed", async () => {
  const { server, draft, course, phone, end } = begin();
  server.answers["POST calls/main:1/qualify"] = () => ({ status: 200, body: {} });
  for (const typed of ["", "Encore"]) {
    const id = `main:1${typed}`;
    server.answers[`POST calls/${id}/qualify`] = () => ({ status: 200, body: {} });
    rings(phone, call(id, "talking"));
    await settled();
    assert.equal(await course.settle({ outcome: "answered", redirected_to: "" }), "");
    await course.fresh();
    draft.type("note", typed);
    rings(phone, null);
    await settled();
    assert.equal(draft.call, typed ? id : "");
    draft.type("note", "");
  }
  end();
});

test("a further topic from the receipt is of the same person, place and call, and names what was sent", async () => {
  const { server, draft, course, end } = begin();
  const bodies: { call?: string; linked?: string[]; caller: { phone: string } }[] = [];
  const { fetch } = globalThis;
  globalThis.fetch = ((url: string, init: RequestInit) => {
    if (url.endsWith("/requests")) bodies.push(JSON.parse(String(init.body)));
    return fetch(url, init);
  }) as typeof fetch;
  server.answers["POST requests"] = () => ({ status: 201, body: { reference: `K7F-00${bodies.length}`, bannette: "a/b", arrived: made, deadline: null, durable: true } });
  draft.type("phone", "0320112233");
  draft.pick("59512", "Roubaix");
  draft.type("note", "Loyer");
  const { key } = draft;
  await course.send();
  assert.deepEqual([draft.fields.phone, draft.insee], ["", ""], "nothing stays where it could be taken for another's");
  course.again();
  assert.deepEqual([draft.fields.phone, draft.fields.commune, draft.insee, draft.part.note], ["0320112233", "Roubaix", "59512", ""]);
  assert.notEqual(draft.key, key);
  draft.type("note", "Sa mère tombe");
  await course.send();
  assert.deepEqual([bodies[1]?.call, bodies[1]?.linked, bodies[1]?.caller.phone], [`main:${key}`, ["K7F-001"], "0320112233"]);
  assert.deepEqual(course.sent[0]?.part.linked, ["K7F-001"]);
  course.again();
  draft.type("note", "Encore");
  await course.send();
  assert.deepEqual([bodies[2]?.call, bodies[2]?.linked], [`main:${key}`, ["K7F-001", "K7F-002"]]);
  end();
});

test("giving up says what is true: nothing was sent, a part was, or nobody knows; what was sent keeps its reference", async () => {
  const { server, draft, course, asked, end } = begin();
  draft.type("note", "Loyer");
  await course.abandon();
  draft.addPart();
  draft.type("note", "Sa mère tombe");
  let answers = 0;
  server.answers["POST requests"] = () => ++answers === 1
    ? { status: 201, body: { reference: "K7F-3MX", bannette: "a/b", arrived: made, deadline: null, durable: true } }
    : answers === 2 ? { status: 400, body: { code: "missing", field: "note", detail: "Vide." } } : "lost";
  await course.send();
  await course.abandon();
  await course.send();
  assert.equal(course.phase, "unknown");
  await course.abandon();
  assert.deepEqual(asked, [words.abandonText, words.abandonRest, words.abandonUnknown]);
  course.begin();
  assert.deepEqual(course.recent.map((one) => one.part.reference), ["K7F-3MX"]);
  course.forget();
  assert.deepEqual(course.recent, [], "another person sits here");
  end();
});

test("a draft that a colleague took while its post was offline: what was typed since is asked about", async () => {
  const { server, draft, course, asked, end } = begin();
  const put = (answer: () => { status: number; body: unknown } | "lost"): void => void (server.answers[`PUT drafts/${draft.key}`] = answer);
  put(() => ({ status: 200, body: { version: 1, changed } }));
  draft.type("note", "Début");
  await course.settleDown();
  put(() => "lost");
  draft.type("note", "Début, et trois minutes hors ligne");
  assert.equal(await course.settleDown(), false);
  put(() => ({ status: 409, body: { code: "held_by_other", detail: "olga l'a repris." } }));
  assert.equal(await course.settleDown(), false);
  assert.equal(await course.settleDown(), false, "also once it is known to be a colleague's");
  await course.fresh();
  assert.deepEqual([asked, draft.part.note], [[words.abandonSince], "Début, et trois minutes hors ligne"]);
  end();
});

test("a further topic is linked with one whose reference came later", async () => {
  const { server, draft, course, end } = begin();
  const bodies: { linked?: string[] }[] = [];
  const { fetch } = globalThis;
  globalThis.fetch = ((url: string, init: RequestInit) => {
    if (url.endsWith("/requests")) bodies.push(JSON.parse(String(init.body)));
    return fetch(url, init);
  }) as typeof fetch;
  const receipt = (reference: string) => () => ({ status: 201, body: { reference, bannette: "a/b", arrived: made, deadline: null, durable: true } });
  server.answers["POST requests"] = () => ({ status: 202, body: { durable: false, bannette: "a/b", since: made } });
  draft.type("note", "Loyer");
  await course.send();
  server.answers["POST requests"] = receipt("K7F-001");
  const [first] = course.sent;
  assert.ok(first);
  await course.check(first);
  course.again();
  draft.type("note", "Sa mère tombe");
  server.answers["POST requests"] = receipt("K7F-002");
  await course.send();
  assert.deepEqual(bodies.at(-1)?.linked, ["K7F-001"]);
  assert.deepEqual(course.sent[0]?.part.apart, []);
  end();
});
