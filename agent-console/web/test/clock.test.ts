import assert from "node:assert/strict";
import { test } from "node:test";
import { duration, heardServerDate, heardServerTime, now_ms } from "../src/clock.js";

test("durations as people read them", () => {
  const read: [number, string][] = [
    [-5, "0 s"], [0, "0 s"], [59.9, "59 s"], [60, "1 min"], [3599, "59 min"], [3600, "1 h 00"], [3900, "1 h 05"], [86399, "23 h 59"],
    [86400, "1 j"], [100_800, "1 j 4 h"],
  ];
  for (const [seconds, text] of read) assert.equal(duration(seconds), text);
});

test("a PC's wrong clock is corrected by the server's, and a Date header does not spoil an exact time", () => {
  heardServerDate(new Date(Date.now() + 3 * 3600_000).toUTCString());
  assert.ok(now_ms() - Date.now() > 3 * 3600_000 - 2_000);
  heardServerTime(new Date(Date.now() + 5_000).toISOString());
  heardServerDate(new Date(Date.now() + 3 * 3600_000).toUTCString());
  assert.ok(Math.abs(now_ms() - Date.now() - 5_000) < 1_000);
});
