import assert from "node:assert/strict";
import { test } from "node:test";
import { TwoHours } from "../src/board/curves.js";
import type { CurvePoint } from "../src/board/types.js";
import type { Count } from "../src/types.js";

const begin = Date.parse("2026-11-24T10:00:00Z");
const point = (minutes: number, waiting: number, callers: number | null = null): CurvePoint =>
  ({ at: new Date(begin + minutes * 60_000).toISOString(), waiting, late: 0, in_progress: 0, callers });

test("a point a minute, the newest of it, and never more than two hours", () => {
  const curve = new TwoHours();
  for (let half = 0; half <= 300; ++half) curve.add(point(half / 2, half));
  assert.equal(curve.points().length, 121); // both ends
  assert.equal(curve.points().at(-1)?.waiting, 300);
  assert.equal(curve.points().at(-2)?.waiting, 299);
  curve.add(point(10, 7)); // late: an old hint
  assert.equal(curve.points().at(-1)?.waiting, 300);
});

test("what the server kept takes the place of what was heard, but for callers", () => {
  const curve = new TwoHours();
  curve.add(point(1, 5, 2));
  curve.replace({ points: [point(0, 1), point(1, 4)], takings: [] });
  assert.deepEqual(curve.points().map(({ waiting, callers }) => [waiting, callers]), [[1, null], [4, 2]]);
});

test("a pace is counted from the first known count of takings", () => {
  const curve = new TwoHours();
  curve.replace({ points: [], takings: [{ bannette: "x", since: point(-60, 0).at, taken: 4 }] });
  const counts = [{ bannette: "x", taken: 10 }, { bannette: "y", taken: 3 }] as Count[];
  assert.deepEqual([...curve.paces(counts, begin)], [["x", { taken: 6, over_s: 3600 }]]);
});
