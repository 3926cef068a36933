// The call of one's post: told once when it comes, not at each of its states, and told when it goes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Phone, rings, written } from "../src/phone.js";
import type { CallNow, PostNow } from "../src/types.js";
import { settled } from "./timers.js";

const post: PostNow = { code: "p1", name: "Poste 1", state: "ringing", person: "odile", call: "main:1", since: null, pause: null };
const call = (id: string, state: string): CallNow => ({ id, state, queue: "accueil", outbound: false, post: "p1", person: "odile", since: null, wrap_up_until: null, dossiers: [], number: "+33320112233" });

test("a call comes, is answered and goes: two changes, and its contacts are asked for once", async () => {
  const asked: string[] = [];
  globalThis.fetch = (async (url: string) => {
    asked.push(url);
    return new Response(JSON.stringify({ items: [{ reference: "K7F-3MX", danger: true }], partial: false }), { status: 200 });
  }) as typeof fetch;
  const phone = new Phone();
  const told: string[] = [];
  phone.onCall = (now, before) => told.push(`${before?.id ?? "-"} > ${now?.id ?? "-"}`);
  phone.heard({ type: "call", post, call: call("main:1", "presented") });
  phone.heard({ type: "call", post, call: call("main:1", "talking") });
  await settled();
  assert.deepEqual(asked, ["/api/v1/calls/main:1/contacts"]);
  assert.equal(phone.contacts[0]?.danger, true);
  assert.equal(phone.telephony, true);
  phone.heard({ type: "call", post, call: null });
  assert.deepEqual(told, ["- > main:1", "main:1 > -"]);
  assert.deepEqual(phone.contacts, []);
});

test("the contacts of a call that has gone do not appear beside the next", async () => {
  let answer: (response: Response) => void = () => {};
  globalThis.fetch = ((url: string) => url.includes("main:1/") ? new Promise<Response>((resolve) => (answer = resolve)) : Promise.resolve(new Response(JSON.stringify({ items: [], partial: false }), { status: 200 }))) as typeof fetch;
  const phone = new Phone();
  phone.heard({ type: "call", post, call: call("main:1", "talking") });
  phone.heard({ type: "call", post, call: call("main:2", "presented") });
  answer(new Response(JSON.stringify({ items: [{ reference: "OLD" }], partial: false }), { status: 200 }));
  await settled();
  assert.deepEqual(phone.contacts, []);
});

test("what the live line says of one's post is newer than the answer that was under way", async () => {
  let answer: (response: Response) => void = () => {};
  globalThis.fetch = (() => new Promise<Response>((resolve) => (answer = resolve))) as typeof fetch;
  const phone = new Phone();
  const pausing = phone.pause("reunion");
  phone.heard({ type: "call", post: { ...post, pause: "reunion" }, call: null });
  answer(new Response(JSON.stringify({ post: { ...post, pause: null } }), { status: 200 }));
  assert.equal(await pausing, true);
  assert.equal(phone.post?.pause, "reunion");
});

test("only what nobody has answered may be taken back", () => {
  assert.equal(rings(call("x", "presented")), true);
  for (const state of ["talking", "held", "wrap_up"]) assert.equal(rings(call("x", state)), false, state);
});

test("numbers are written as people read them out", () => {
  assert.equal(written("+33320112233"), "03 20 11 22 33");
  assert.equal(written("+262639981234"), "06 39 98 12 34");
  for (const other of ["+32470123456", "", "4711", "+3332011223"]) assert.equal(written(other), other);
});
