// Nothing is said to be sent before the receipt that says "durable", whatever comes instead of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bannerOf } from "../src/banner.js";
import { Draft } from "../src/draft.js";
import { commonWords } from "#words/common.js";
import { operatorWords } from "#words/operator.js";
import { guard } from "../src/guard.js";
import { failureNotice } from "../src/parts/operator_pieces.js";
import { outcomeCard, type Sent } from "../src/parts/receipt.js";
import { lookAgain, sendAll, sentOf } from "../src/sending.js";
import { written } from "../src/written.js";
import { markup, words } from "./shown.js";

interface Asked { key: string; body: string }
const receipt = { reference: "K7F-3MX", bannette: "a/b", arrived: "2026-11-26T08:00:00Z", deadline: null, durable: true };
const recorded = { durable: false, bannette: "a/b", since: "2026-11-26T08:00:00Z" };

// Answers the requests in this order; the last one for ever.
function answering(...answers: ({ status: number; body: object } | "lost")[]): Asked[] {
  const asked: Asked[] = [];
  globalThis.fetch = (async (url: string, init: RequestInit) => {
    if (!url.endsWith("/requests")) return new Response("{}", { status: 200 });
    asked.push({ key: (init.headers as Record<string, string>)["Idempotency-Key"] ?? "", body: String(init.body) });
    const answer = answers[Math.min(asked.length, answers.length) - 1];
    if (!answer || answer === "lost") throw new TypeError("connection lost");
    return new Response(JSON.stringify(answer.body), { status: answer.status });
  }) as typeof fetch;
  return asked;
}
function typed(): Draft {
  const draft = new Draft();
  draft.type("note", "Loyer impayé");
  return draft;
}
const acts = { fresh: () => {}, check: () => {} };
const card = (sent: readonly Sent[]): unknown => outcomeCard(sent, "", acts);


test("what is recorded only is not said to be sent: no reference, no seal; the same key asks for its receipt, and then it is", async () => {
  const asked = answering({ status: 202, body: recorded }, { status: 202, body: recorded }, { status: 201, body: receipt });
  const draft = typed();
  assert.equal(await sendAll(draft, () => {}), undefined);
  const before = sentOf(draft);
  assert.equal(before[0]?.part.reference, "");
  assert.match(markup(card(before)), /class="card receipt recorded"/);
  assert.match(words(card(before)), new RegExp(operatorWords.receipt.recorded));
  assert.doesNotMatch(words(card(before)), new RegExp(`${operatorWords.receipt.durable}|K7F`));
  const sent = before[0];
  assert.ok(sent?.call, "its call is kept until the receipt is there");
  assert.deepEqual(await lookAgain(sent), { problem: undefined });
  const after = await lookAgain(sent);
  assert.ok("sent" in after);
  assert.equal(after.sent.part.reference, "K7F-3MX");
  assert.equal(after.sent.call, undefined);
  assert.match(markup(card([after.sent])), /class="card receipt durable"/);
  assert.equal(new Set(asked.map(({ key }) => key)).size, 1, "one key for all three");
  assert.equal(new Set(asked.map(({ body }) => body)).size, 1, "and the same request");
});

test("a status does not make a receipt: 201 without durable is recorded, and a call of two topics is not sent while one of them is", async () => {
  answering({ status: 201, body: receipt }, { status: 201, body: { ...receipt, ...recorded } });
  const draft = typed();
  draft.addPart();
  draft.type("note", "Et sa mère tombe");
  assert.equal(await sendAll(draft, () => {}), undefined);
  const sent = sentOf(draft);
  assert.deepEqual(sent.map(({ part }) => part.reference), ["K7F-3MX", ""]);
  assert.match(markup(card(sent)), /class="card receipt recorded"/);
  assert.doesNotMatch(words(card(sent)), new RegExp(operatorWords.receipt.durable));
});

test("a lost answer, or a refusal, leaves nothing sent", async () => {
  for (const [answer, unknown] of [["lost", true], [{ status: 503, body: { code: "no_answer" } }, true], [{ status: 400, body: { code: "missing", field: "note" } }, false], [{ status: 507, body: { code: "disk_full" } }, false]] as const) {
    answering(answer);
    const draft = typed();
    const failed = await sendAll(draft, () => {});
    assert.ok(failed);
    assert.equal(failed.part.unknown, unknown, JSON.stringify(answer));
    assert.deepEqual(sentOf(draft), []);
  }
});

test("what has gone out keeps its content, also when danger is raised: the same is sent again under its key", async () => {
  const asked = answering("lost");
  const draft = typed();
  await sendAll(draft, () => {});
  draft.part.raiseDanger();
  draft.part.handOver("119", "10:05");
  assert.equal(draft.part.danger, false, "nothing says that it goes out in danger");
  await sendAll(draft, () => {});
  assert.equal(asked.length, 2);
  assert.deepEqual(asked[1], asked[0]);
});

test("where the key has another content already, what is typed may go out under a new key", async () => {
  const asked = answering({ status: 409, body: { code: "key_reused", field: "idempotency_key" } }, { status: 201, body: receipt });
  const draft = typed();
  const failed = await sendAll(draft, () => {});
  assert.equal(failed?.problem.code, "key_reused");
  assert.match(words(failureNotice("typing", failed?.problem, false)), /déjà enregistrée/);
  assert.equal(await sendAll(draft, () => {}), undefined);
  assert.notEqual(asked[1]?.key, asked[0]?.key);
  assert.deepEqual(sentOf(draft).map(({ part }) => part.reference), ["K7F-3MX"]);
});

test("while the line or the queue is away each screen says what that means there, and what is on it alone", () => {
  const { banner } = commonWords;
  assert.equal(bannerOf("saisie", "open", true, true), undefined);
  assert.deepEqual(bannerOf("saisie", "lost", true, true), { lost: true, text: banner.lost });
  assert.deepEqual(bannerOf("saisie", "open", false, false), { lost: false, text: banner.queueDown });
  assert.match(banner.queueDown, /enregistrées ici/);
  assert.deepEqual(bannerOf("bannette", "open", false, false), { lost: false, text: banner.queueDownAgent });
  assert.deepEqual(bannerOf("tableau", "lost", false, false), { lost: true, text: banner.lostOther });
  for (const [line, up] of [["lost", true], ["open", false]] as const) assert.ok(bannerOf("bannette", line, up, true)?.text.endsWith(banner.written));
});

test("an agent's half-written note is told of from its first letter to its receipt", () => {
  const told: boolean[] = [];
  const mine = written.of("amina");
  mine.protect(async () => true);
  guard.changed = () => void told.push(guard.unkept());
  mine.set("a", "note", "E");
  mine.set("a", "note", "Elle rappelle.");
  mine.set("b", "hold", "En vacances.");
  mine.sent("a", "note", "Elle rappelle.");
  mine.sent("b", "hold", "En vacances.");
  assert.deepEqual(told, [true, false]);
});
