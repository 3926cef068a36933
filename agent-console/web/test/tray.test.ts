import assert from "node:assert/strict";
import { test } from "node:test";
import { TrayList } from "../src/tray.js";
import { hidden } from "../src/unacknowledged.js";
import { count, header } from "./header.js";

const names = (tray: TrayList): string[] => tray.list().map((one) => one.id);

test("urgency, then deadline, then arrival; who is held comes after who waits", () => {
  const tray = new TrayList();
  tray.replace([
    header("held", { state: "reserved", urgency: "immediate" }),
    header("late-arrival", { arrived: "2026-11-25T09:05:00.000Z" }),
    header("early-arrival", {}),
    header("deadline", { deadline: "2026-11-26T09:00:00.000Z", arrived: "2026-11-25T09:10:00.000Z" }),
    header("urgent", { urgency: "urgent", arrived: "2026-11-25T09:20:00.000Z" }),
  ]);
  assert.deepEqual(names(tray), ["urgent", "deadline", "early-arrival", "late-arrival", "held"]);
});

test("a hint that is older than what is known changes nothing", () => {
  const tray = new TrayList();
  tray.replace([header("a", { state: "reserved", holder: "amina", changed: "2026-11-25T09:30:00.000Z" })]);
  assert.equal(tray.learn(header("a", { changed: "2026-11-25T09:29:59.999Z" })), false);
  assert.equal(tray.get("a")?.holder, "amina");
  assert.equal(tray.learn(header("a", { changed: "2026-11-25T09:30:00.001Z" })), true);
  assert.equal(tray.get("a")?.state, "waiting");
});

test("a handled dossier leaves the list, and does not come back by an unknown hint", () => {
  const tray = new TrayList();
  tray.replace([header("a", {}), header("b", {})]);
  assert.equal(tray.learn(header("a", { state: "handled", changed: "2026-11-25T10:00:00.000Z" })), true);
  assert.deepEqual(names(tray), ["b"]);
  assert.equal(tray.learn(header("c", { state: "handled" })), false);
  assert.deepEqual(names(tray), ["b"]);
});

test("on hold stays in the list; closed, merged and gone leave it", () => {
  const tray = new TrayList();
  tray.replace([header("a", {}), header("b", {}), header("c", {}), header("d", { state: "closed" })]);
  const changed = "2026-11-25T10:00:00.000Z";
  assert.equal(tray.learn(header("a", { state: "on_hold", changed })), true);
  assert.equal(tray.learn(header("b", { state: "merged", changed })), true);
  assert.deepEqual(names(tray), ["c", "a"]);
  assert.equal(tray.forget("c"), true);
  assert.equal(tray.forget("c"), false);
  assert.deepEqual(names(tray), ["a"]);
});

test("what is heard while the list is asked for outlives the answer, which is older", () => {
  const tray = new TrayList();
  tray.replace([header("a", {}), header("b", {})]);
  tray.asked();
  tray.learn(header("danger", { danger: true, urgency: "immediate", changed: "2026-11-25T09:30:00.000Z" }));
  tray.learn(header("a", { state: "closed", changed: "2026-11-25T09:30:00.000Z" }));
  tray.forget("b");
  assert.equal(tray.replace([header("a", {}), header("b", {}), header("c", {})]), -1);
  assert.deepEqual(names(tray), ["danger", "c"]);
  assert.equal(tray.replace([header("a", {})]), 0); // heard for that answer only
  assert.deepEqual(names(tray), ["a"]);
});

test("an answer that is newer than what was heard stands", () => {
  const tray = new TrayList();
  tray.asked();
  tray.learn(header("a", { changed: "2026-11-25T09:30:00.000Z" }));
  tray.replace([header("a", { state: "reserved", holder: "amina", changed: "2026-11-25T09:31:00.000Z" })]);
  assert.equal(tray.get("a")?.holder, "amina");
});

test("the bannettes whose dangers the list does not hold", () => {
  const list = [
    header("a", { danger: true, climb: { fired: [], last: null, acknowledged_by: null } }),
    header("b", { bannette: "utpas-x/enfance", danger: true, climb: { fired: [], last: null, acknowledged_by: "amina" } }),
  ];
  const counts = [count("utpas-x/social", 1), count("utpas-x/enfance", 1), count("utpas-x/pmi", 0)];
  assert.deepEqual(hidden(counts, list), ["utpas-x/enfance"]);
  assert.deepEqual(hidden([count("utpas-x/social", 3)], list), ["utpas-x/social"]);
});
