import assert from "node:assert/strict";
import { test } from "node:test";
import { Draft } from "../src/draft.js";
import { sendAll } from "../src/sending.js";
import { Timers, settled } from "./timers.js";

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
            await settled();
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
  timers.tick(40);
  assert.deepEqual(server.asked.map((one) => one.note), ["loyer"], "one question for three keystrokes");
  draft.type("note", "loyer impayé");
  timers.tick(40);
  assert.equal(server.asked.length, 2);
  await server.asked[1]?.answer();
  assert.equal(draft.part.proposal?.topic, "loyer impayé");
  await server.asked[0]?.answer();
  assert.equal(draft.part.proposal?.topic, "loyer impayé", "the older answer came last and is dropped");
  timers.reset();
});

test("an emptied draft forgets its proposal, whatever is still on its way", async () => {
  const timers = new Timers();
  const server = new SlowServer();
  const draft = new Draft();
  draft.type("note", "loyer");
  timers.tick(40);
  draft.type("note", "");
  await server.asked[0]?.answer();
  assert.equal(draft.part.proposal, undefined);
  timers.reset();
});

test("only what was corrected is sent, under one key, with why", () => {
  const draft = new Draft();
  const { part } = draft;
  const { key } = part;
  part.note = " Loyer impayé ";
  assert.deepEqual(part.call(), { note: "Loyer impayé", commune: "", address: "", caller: { name: "", phone: "" } });
  part.correct("danger", "no");
  part.correct("urgency", "urgent");
  part.explain("precise");
  draft.insee = "59512";
  assert.deepEqual(part.call(), { note: "Loyer impayé", commune: "", address: "", caller: { name: "", phone: "" }, urgency: "urgent", danger: false, insee: "59512", correction: "precise" });
  assert.equal(part.key, key);
  part.followProposal();
  assert.equal("urgency" in part.call(), false);
  assert.equal("correction" in part.call(), false, "nothing is corrected, so nothing is explained");
  draft.renew();
  assert.notEqual(draft.part.key, key);
  assert.equal(draft.dirty, false);
});

test("a danger raised by its key asks for no reason; one taken away does", () => {
  const { part } = new Draft();
  part.raiseDanger();
  assert.equal(part.danger, true);
  assert.equal(part.urgency, "immediate");
  assert.equal(part.needsReason, false);
  part.correct("danger", "no");
  assert.equal(part.needsReason, true);
});

test("answers and the hand-over by voice stand in the note, in one text", () => {
  const { part } = new Draft();
  part.note = "La voisine entend crier.";
  part.answer("enfance.danger/age", "Âge", "4 ans");
  part.answer("enfance.danger/ou", "Où", " ");
  part.handOver("119", "10:42");
  assert.equal(part.text, "La voisine entend crier.\n\nÂge : 4 ans\n\nTransmis de vive voix à 119 à 10:42.");
});

test("several topics of one call share who and where, and each has its own key", () => {
  const draft = new Draft();
  draft.type("phone", "0320112233");
  draft.type("note", "Loyer impayé");
  draft.addPart();
  draft.type("note", "Et sa mère tombe");
  const [one, two] = draft.parts;
  assert.equal(one?.call().note, "Loyer impayé");
  assert.equal(two?.call().note, "Et sa mère tombe");
  assert.equal(two?.call().caller.phone, "0320112233");
  assert.notEqual(one?.key, two?.key);
  assert.equal(draft.key, one?.key, "the draft is named by its first part");
  assert.equal("call" in (one?.call() ?? {}), false, "a call typed by hand is named by its first request");
  if (one) one.sent = { reference: "K7F-3MX", bannette: "", at: "", deadline: null, outside: "" };
  assert.equal(two?.call().call, `main:${one?.key}`);
  if (one) one.sent = undefined;
  draft.dropPart(1);
  assert.equal(draft.parts.length, 1);
  draft.renew();
});

test("a further topic names the dossiers of its call, and the same ones however often it is sent", async () => {
  const asked: { key: string; linked?: string[]; call?: string }[] = [];
  let answers = 0;
  globalThis.fetch = (async (url: string, init: RequestInit) => {
    if (!url.endsWith("/requests")) return new Response("{}", { status: 200 });
    asked.push({ key: (init.headers as Record<string, string>)["Idempotency-Key"] ?? "", ...JSON.parse(String(init.body)) });
    if (++answers === 2) throw new TypeError("connection lost");
    return new Response(JSON.stringify({ reference: `K7F-00${answers}`, bannette: "a/b", arrived: "", deadline: null, durable: true }), { status: 201 });
  }) as typeof fetch;
  const draft = new Draft();
  draft.type("note", "Loyer impayé");
  draft.addPart();
  draft.type("note", "Et sa mère tombe");
  assert.ok(await sendAll(draft, () => {}), "the second answer was lost");
  const kept = JSON.parse(JSON.stringify(draft.kept()));
  const again = new Draft();
  again.restore(draft.key, kept);
  assert.equal(await sendAll(again, () => {}), undefined);
  assert.deepEqual(asked.map((one) => one.linked), [undefined, ["K7F-001"], ["K7F-001"]]);
  assert.deepEqual([again.parts[1]?.sent?.linked, again.parts[1]?.sent?.apart], [["K7F-001"], []]);
  assert.equal(asked[1]?.key, asked[2]?.key);
  assert.equal(asked[1]?.call, `main:${asked[0]?.key}`);
  draft.renew();
  again.renew("main:7", "", true, ["K7F-009"]); // the same call once more
  again.type("note", "Encore");
  await sendAll(again, () => {});
  assert.deepEqual(asked.at(-1)?.linked, ["K7F-009"]);
  again.renew();
});

test("a draft of a colleague's call goes out all the same where that call is not to be written in", async () => {
  const asked: { call?: string; linked?: string[]; note: string }[] = [];
  globalThis.fetch = (async (url: string, init: RequestInit) => {
    if (!url.endsWith("/requests")) return new Response("{}", { status: 200 });
    const body = JSON.parse(String(init.body));
    asked.push(body);
    if (body.call) return new Response(JSON.stringify({ code: "not_found", field: "call", detail: "Aucun appel de ce nom parmi les vôtres." }), { status: 404 });
    return new Response(JSON.stringify({ reference: "K7F-3MX", bannette: "a/b", arrived: "", deadline: null, durable: true }), { status: 201 });
  }) as typeof fetch;
  const draft = new Draft();
  draft.renew("main:7", "", false, ["K7F-001"]);
  draft.type("note", "Loyer impayé");
  assert.equal(await sendAll(draft, () => {}), undefined);
  assert.deepEqual(asked.map(({ call, linked }) => [call, linked]), [["main:7", ["K7F-001"]], [undefined, undefined]]);
  assert.equal(asked[1]?.note, "Loyer impayé");
  assert.equal(draft.part.sent?.reference, "K7F-3MX");
  assert.deepEqual([draft.part.sent?.linked, draft.part.sent?.apart], [[], ["K7F-001"]], "what could not be linked is said");
  draft.renew();
});

test("a topic whose first one is only recorded here says that it is not linked to it", async () => {
  let answers = 0;
  globalThis.fetch = (async (url: string, init: RequestInit) => {
    if (!url.endsWith("/requests")) return new Response("{}", { status: 200 });
    if (JSON.parse(String(init.body)).call) return new Response(JSON.stringify({ code: "not_found", field: "call", detail: "" }), { status: 404 });
    return new Response(JSON.stringify({ durable: false, bannette: "a/b", since: `${++answers}` }), { status: 202 });
  }) as typeof fetch;
  const draft = new Draft();
  draft.type("note", "Loyer impayé");
  draft.addPart();
  draft.type("note", "Et sa mère tombe");
  assert.equal(await sendAll(draft, () => {}), undefined);
  assert.deepEqual(draft.parts.map(({ sent }) => sent?.apart), [[], [""]]);
  draft.renew();
});

test("what is kept comes back as it was", () => {
  const draft = new Draft();
  draft.type("name", "Mme Benali");
  draft.type("note", "Loyer");
  draft.part.raiseDanger();
  draft.addPart();
  const kept = JSON.parse(JSON.stringify(draft.kept()));
  const other = new Draft();
  assert.equal(other.restore(draft.key, kept), true);
  assert.deepEqual(JSON.parse(JSON.stringify(other.kept())), kept);
  assert.equal(other.parts[0]?.danger, true);
  assert.equal(other.restore("x", { ...kept, form: 2 }), false);
  draft.renew();
  other.renew();
});

test("the key is a UUIDv7 of now", () => {
  const { key } = new Draft().part;
  assert.match(key, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const time_ms = parseInt(key.replace("-", "").slice(0, 12), 16);
  assert.ok(Math.abs(time_ms - Date.now()) < 5_000);
});
