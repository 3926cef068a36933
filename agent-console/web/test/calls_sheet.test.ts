import assert from "node:assert/strict";
import { test } from "node:test";
import { callsSheet, groups, ofGroup } from "../src/board/calls_sheet.js";
import { sheetText } from "../src/board/sheet.js";
import type { Definition, Figure } from "../src/board/types.js";

const define = (code: string, unit: string): Definition => ({ code, version: 1, label: code, text: "", unit });
const definitions = [
  define("waiting_now", "count"), define("offered", "count"), define("answered", "count"), define("abandonment_rate", "share"), define("wait_p95", "seconds"),
  define("handling_average", "seconds"), define("wrap_up_p50", "seconds"), define("occupancy", "share"), define("callbacks_opened", "count"), define("what_is_new", "count"),
];
const row = (hour: number, values: Readonly<Record<string, number>>) => ({
  from: `2026-11-25T${String(hour).padStart(2, "0")}:00:00.000Z`, to: `2026-11-25T${String(hour).padStart(2, "0")}:30:00.000Z`,
  figures: definitions.map(({ code }): Figure => ({ code, version: 1, value: values[code] ?? (code === "offered" ? 0 : null) })),
});
const sheet = callsSheet({
  at: "", definitions,
  rows: [row(2, {}), row(9, { offered: 3, occupancy: 0.5 }), row(10, { occupancy: 0 }), row(12, { callbacks_opened: 1 }), row(13, { wait_p95: 4 })],
}, "half_hour", "2026-11-25", "2026-11-25");

test("half hours without a call and without a post are not shown, and stay in the file", () => {
  assert.deepEqual(sheet.rows.map(({ quiet }) => quiet), [true, false, false, false, true]);
  assert.equal(sheetText(sheet, "rfc4180").trimEnd().split("\r\n").length, 1 + 5);
});

test("each figure is in one group, and none is lost; what is of this moment is in no report", () => {
  const codes = groups.filter((group) => group !== "first").flatMap((group) => ofGroup(sheet.definitions, group).map(({ code }) => code));
  assert.deepEqual([...codes].sort(), definitions.map(({ code }) => code).filter((code) => code !== "waiting_now").sort());
  assert.deepEqual(ofGroup(sheet.definitions, "first").map(({ code }) => code), ["offered", "answered", "handling_average", "occupancy"]);
  assert.deepEqual(ofGroup(sheet.definitions, "fates").map(({ code }) => code), ["offered", "answered", "what_is_new"]);
});
