import assert from "node:assert/strict";
import { test } from "node:test";
import { forecast, untold, worrying } from "../src/board/lateness.js";
import type { Header } from "../src/types.js";
import { header } from "./header.js";

const now_ms = Date.parse("2026-11-24T10:00:00Z");
const inMinutes = (n: number): string => new Date(now_ms + n * 60_000).toISOString();
const waiting = (id: string, bannette: string, minutes: number | null, more: Partial<Header> = {}): Header =>
  header(id, { bannette, deadline: minutes === null ? null : inMinutes(minutes), ...more });
const threeAnHour = { taken: 6, over_s: 7200 };

test("each is expected when those before it have been taken, and compared with its deadline", () => {
  const all = forecast([waiting("a", "x", 30), waiting("b", "x", 30), waiting("c", "x", 61)], new Map([["x", threeAnHour]]), now_ms);
  assert.deepEqual(all.map(({ place, expected_ms, verdict }) => [place, expected_ms, verdict]), [
    [1, now_ms + 20 * 60_000, "in_time"],
    [2, now_ms + 40 * 60_000, "will_be_late"],
    [3, now_ms + 60 * 60_000, "in_time"],
  ]);
});

test("who is under reservation stands before; other bannettes and other states do not", () => {
  const all = forecast(
    [waiting("a", "x", 30), waiting("b", "x", null, { state: "reserved" }), waiting("c", "y", 30), waiting("d", "x", 30, { state: "in_progress" })],
    new Map([["x", threeAnHour], ["y", threeAnHour]]), now_ms);
  assert.deepEqual(all.map(({ header: { id }, place, verdict }) => [id, place, verdict]), [["a", 2, "will_be_late"], ["c", 1, "in_time"]]);
});

test("one without a deadline is never late but takes its place", () => {
  const all = forecast([waiting("a", "x", null), waiting("b", "x", 30)], new Map([["x", threeAnHour]]), now_ms);
  assert.deepEqual(all.map(({ place, verdict }) => [place, verdict]), [[2, "will_be_late"]]);
});

test("nothing is said from too few takings or too short a time, but late is late", () => {
  const paces = new Map([["few", { taken: 2, over_s: 7200 }], ["short", { taken: 9, over_s: 1799 }], ["least", { taken: 3, over_s: 1800 }]]);
  const all = forecast([waiting("a", "few", 5), waiting("b", "short", 5), waiting("c", "none", 5), waiting("d", "few", -1), waiting("e", "least", 5)], paces, now_ms);
  assert.deepEqual(all.map(({ verdict }) => verdict), ["unknown", "unknown", "unknown", "late", "will_be_late"]);
  assert.deepEqual(untold([...all, ...all.slice(0, 1)]), [["few", 2], ["none", 1], ["short", 1]]);
  assert.deepEqual(worrying(all).map(({ header: { id } }) => id), ["d", "e"]);
});
