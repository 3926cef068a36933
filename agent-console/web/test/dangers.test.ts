// What a screen says by itself, to those who do not see it: new dangers, dangers that climb, deadlines that pass; and nothing else.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Alarm } from "../src/alarm.js";
import { Dangers } from "../src/dangers.js";
import { unitWords } from "#words/unit.js";
import { session } from "../src/session.js";
import type { Header } from "../src/types.js";
import { header } from "./header.js";

const danger = (id: string, more: Partial<Header> = {}): Header =>
  header(id, { danger: true, urgency: "immediate", climb: { fired: ["unit"], last: null, acknowledged_by: null }, ...more });

function begin(): { dangers: Dangers; open: number[]; raised: () => number } {
  const open: number[] = [];
  let raised = 0;
  const alarm = { watch: (n: number) => void open.push(n), raise: () => void ++raised } as unknown as Alarm;
  session.user = { name: "amina", role: "agent", units: [], restricted: false };
  return { dangers: new Dangers(alarm), open, raised: () => raised };
}

test("a deadline that passes is said, without a sound", () => {
  const { dangers, raised } = begin();
  dangers.hear(header("K7F-3MX", {}), "breached");
  assert.equal(dangers.announced, unitWords.said.breached("K7F-3MX"));
  dangers.hear(header("Q2W-8RT", { danger: false, state: "reserved" }), "breached");
  assert.equal(dangers.announced, unitWords.said.breached("Q2W-8RT"));
  assert.equal(raised(), 0);
});

test("a danger that climbs is said and heard; its first step came with it, and one that somebody has acknowledged is over", () => {
  const { dangers, raised } = begin();
  dangers.hear(danger("a"), "escalated");
  dangers.hear(danger("b", { climb: { fired: ["unit", "manager"], last: null, acknowledged_by: "mona" } }), "escalated");
  assert.deepEqual([dangers.announced, raised()], ["", 0]);
  dangers.hear(danger("c", { climb: { fired: ["unit", "manager"], last: null, acknowledged_by: null } }), "escalated");
  assert.deepEqual([dangers.announced, raised()], [unitWords.said.climbed("c"), 1]);
});

test("what was there when the page opened is not new; what comes is, once; more open ones than the list are counted", () => {
  const { dangers, open, raised } = begin();
  dangers.see([danger("old"), header("calm", {})]);
  assert.deepEqual([dangers.announced, raised()], ["", 0]);
  dangers.see([danger("old"), danger("new"), header("calm", {})], 7);
  assert.equal(dangers.announced, unitWords.said.danger("new", session.topic("social.budget")));
  dangers.see([danger("old"), danger("new")]);
  assert.equal(raised(), 1);
  dangers.see([]);
  assert.deepEqual(open, [1, 7, 2, 0]);
});

test("nothing else is said: no other change interrupts", () => {
  const { dangers, raised } = begin();
  for (const change of ["submitted", "reserved", "taken", "noted", "handled", "starved", "acknowledged", "proposed", "copied"]) dangers.hear(danger("a"), change);
  assert.deepEqual([dangers.announced, raised()], ["", 0]);
});
