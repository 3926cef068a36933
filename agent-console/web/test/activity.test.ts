// The end of a session for want of anybody: what a page tells of its person, how often, and when it warns.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Activity } from "../src/activity.js";
import type { Left, Told } from "../src/activity.js";
import type { Answer } from "../src/api.js";
import { Timers, settled } from "./timers.js";

const minute = 60_000;
const idle_s = 1_800;

// Counts as the service does; what it is told is in `told`.
function begin(age_s = 43_200): { timers: Timers; activity: Activity; told: Told[]; pass: (ms: number) => Promise<void>; down: (down: boolean) => void; end: () => void } {
  const timers = new Timers();
  const told: Told[] = [];
  const opened = Date.now();
  let acted = opened;
  let walled = opened;
  let down = false;
  const serve = async (words: Told): Promise<Answer<Left>> => {
    if (down) return { ok: false, problem: { code: "offline", status: 0, field: "", detail: "" } };
    told.push(words);
    if (words.wall) walled = Date.now();
    if (words.ago_s !== undefined) acted = Math.max(acted, Date.now() - words.ago_s * 1_000);
    const left = (end: number): number => Math.max(0, Math.floor((end - Date.now()) / 1_000));
    return { ok: true, status: 200, value: { idle_left_s: left(Math.max(acted, walled) + idle_s * 1_000), age_left_s: left(opened + age_s * 1_000) } };
  };
  const activity = new Activity(serve, () => {});
  const pass = async (ms: number): Promise<void> => {
    for (let gone = 0; gone < ms; gone += 1_000) {
      timers.tick(1_000);
      for (let turn = 0; turn < 5; ++turn) await Promise.resolve();
    }
    await settled();
  };
  activity.start();
  return { timers, activity, told, pass, down: (is) => (down = is), end: () => (activity.stop(), timers.reset()) };
}

test("what one does is told at most once a minute, and the last act is not forgotten", async () => {
  const { activity, told, pass, end } = begin();
  await pass(minute);
  assert.deepEqual(told, [{}], "a page that only loads says of nobody");
  for (let second = 0; second < 90; ++second) {
    activity.act();
    await pass(1_000);
  }
  await pass(5 * minute);
  end();
  assert.equal(told.length, 4, JSON.stringify(told));
  const ago = told.map(({ ago_s }) => ago_s ?? -1);
  assert.ok(ago[1] === 0 && (ago[2] ?? 9) <= 1 && Math.abs((ago[3] ?? 0) - 30) <= 1, String(ago));
});

test("nobody there: one question before the end, then the warning, which any act takes back at once", async () => {
  const { activity, told, pass, end } = begin();
  await pass(27 * minute);
  assert.deepEqual([told.length, activity.warning], [1, ""]);
  await pass(minute + 2_000);
  assert.deepEqual([told.length, activity.warning], [2, "idle"]);
  assert.deepEqual(told[1], {});
  activity.act();
  await settled();
  assert.deepEqual([told.length, activity.warning], [3, ""]);
  await pass(28 * minute + 3_000);
  assert.equal(activity.warning, "idle");
  end();
});

test("another page of the same person keeps this one from warning", async () => {
  const { activity, told, pass, end } = begin();
  await pass(20 * minute);
  const other = new Activity(activity["send"], () => {});
  other.start();
  await pass(1_000);
  other.act();
  await pass(2 * minute);
  other.stop();
  await pass(7 * minute);
  assert.equal(activity.warning, "");
  assert.ok(told.length <= 6, JSON.stringify(told));
  end();
});

test("a wall says so each minute and counts no act; whoever leaves it is told of at once", async () => {
  const { activity, told, pass, end } = begin();
  activity.onWall(true);
  await pass(40 * minute);
  activity.act();
  await pass(minute);
  assert.equal(activity.warning, "");
  assert.ok(told.slice(1).every(({ wall, ago_s }) => wall === true && ago_s === undefined));
  assert.ok(Math.abs(told.length - 42) <= 1, String(told.length));
  activity.onWall(false);
  await settled();
  assert.deepEqual(told.at(-1), { ago_s: 0 });
  end();
});

test("without the service it is asked again each minute; the absolute end is warned of, whatever one does", async () => {
  const { activity, told, pass, down, end } = begin(idle_s);
  down(true);
  await pass(1_000);
  activity.act();
  await pass(3 * minute);
  const before = told.length;
  down(false);
  await pass(2 * minute);
  assert.equal(told.length, before + 1);
  assert.ok((told.at(-1)?.ago_s ?? 0) >= 3 * 60);
  await pass(19 * minute);
  for (let at = 0; at < 4; ++at) {
    activity.act();
    await pass(minute);
  }
  assert.equal(activity.warning, "age");
  end();
});

test("near the end, while the service does not answer, a moving pointer does not flood it", async () => {
  const { activity, pass, down, end } = begin();
  let asked = 0;
  const { tell } = activity as unknown as { tell: () => Promise<void> };
  (activity as unknown as { tell: () => Promise<void> }).tell = () => (++asked, tell.call(activity));
  await pass(28 * minute + 2_000);
  assert.equal(activity.warning, "idle");
  down(true);
  asked = 0;
  for (let i = 0; i < 100; ++i) {
    activity.act();
    await Promise.resolve();
    await Promise.resolve();
  }
  assert.equal(asked, 1);
  end();
});
