// What the supervisor and the unit read off their figures: the sums, the order, each cell, and that what is not known is not zero.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Facts } from "../src/board/facts.js";
import { lateView } from "../src/board/late.js";
import type { Forecast } from "../src/board/lateness.js";
import { lineSums, lineView } from "../src/board/line.js";
import { totalsView } from "../src/board/totals.js";
import { columns, traysTable, worstFirst } from "../src/board/trays_table.js";
import type { CallsNow, PostNow, PostState } from "../src/board/types.js";
import { wallView } from "../src/board/wall.js";
import { commonWords } from "#words/common.js";
import { boardWords } from "#words/board.js";
import { unitWords } from "#words/unit.js";
import { unitFigures } from "../src/parts/unit_figures.js";
import { session } from "../src/session.js";
import type { Count } from "../src/types.js";
import { count, header } from "./header.js";
import { markup, rows, tiles, words } from "./shown.js";

const [early, late] = ["2026-11-26T08:00:00Z", "2026-11-26T09:00:00Z"];
const tray = (bannette: string, more: Partial<Count> = {}): Count => ({ ...count(bannette, 0), ...more });
const post = (code: string, state: PostState, more: Partial<PostNow> = {}): PostNow => ({ code, name: code, state, person: null, call: null, since: null, pause: null, ...more });
const line = (more: Partial<CallsNow> = {}): CallsNow => ({
  at: late, telephony: true, callbacks: 2, pauses: [{ code: "cafe", label: "Café" }],
  lines: [{ queue: "a", label: "Accueil", waiting: 2, oldest: late }, { queue: "b", label: "Urgences", waiting: 1, oldest: early }, { queue: "c", label: "Nuit", waiting: 0, oldest: null }],
  posts: [post("p1", "free"), post("p2", "talking", { person: "odile" }), post("p3", "held"), post("p4", "ringing"), post("p5", "wrap_up"), post("p6", "paused", { pause: "cafe" }), post("p7", "unavailable"), post("p8", "unknown")],
  ...more,
});
const facts = (counts: readonly Count[], more: object = {}): Facts => ({ at: late, counts, slow: [], calls: undefined, waits: undefined, ...more }) as unknown as Facts;
const table = (counts: readonly Count[], more: object = {}): unknown =>
  traysTable({ counts, shares: new Map(), known: true, quiet: true, chosen: "", choose: () => {}, toggle: () => {}, ...more });

test("the line: callers of all queues, the wait of the one who waits longest, the posts by what they do", () => {
  assert.deepEqual(lineSums(line()), { callers: 3, oldest: early, talking: 2, free: 1, busy: 4, paused: 1, present: 5 });
  assert.deepEqual(lineSums(line({ lines: [], posts: [] })), { callers: 0, oldest: null, talking: 0, free: 0, busy: 0, paused: 0, present: 0 });
  const { line: said } = boardWords;
  const shown = lineView(line(), undefined);
  assert.deepEqual(tiles(shown), { [said.callers]: "3", [said.longest]: early, [said.talking]: "2", [said.free]: "1", [said.busy]: "4", [said.paused]: "1", [said.callbacks]: "2" });
  for (const text of ["p2 en conversation odile", "p6 en pause : Café personne", "p7 indisponible", "p8 état inconnu", "1 Urgences"]) assert.ok(words(shown).includes(text), text);
  assert.match(words(lineView(line({ pbxs: [{ code: "main", kind: "ami", up: false, since: null, trouble: "refusé" }] }), undefined)), /main ne répond plus.*refusé/);
  assert.match(words(lineView(line({ telephony: false }), undefined)), /ne sont pas comptés/);
  assert.equal(tiles(lineView(line({ lines: [] }), undefined))[said.longest], commonWords.none);
});

test("the most worrying first: danger before what nobody watches, before lateness, before age, before how many", () => {
  const worst = [
    tray("open", { unacknowledged: 1 }),
    tray("danger", { danger: 1 }),
    tray("alone", { unattended: true }),
    tray("late", { late: 1, oldest_waiting: late }),
    tray("old", { oldest_waiting: early }),
    tray("young", { oldest_waiting: late, waiting: 9 }),
    tray("many", { waiting: 3 }),
    tray("few", { waiting: 2, in_progress: 9 }),
    tray("worked", { in_progress: 1 }),
    tray("a"),
    tray("b"),
  ];
  assert.deepEqual([...worst].reverse().sort(worstFirst).map(({ bannette }) => bannette), worst.map(({ bannette }) => bannette));
});

test("the board's totals add up all bannettes, and say nothing before they are known", () => {
  const counts = [
    tray("a", { danger: 1, unacknowledged: 2, unattended: true, late: 3, waiting: 4, unread: 5, reserved: 6, in_progress: 7, taken: 8, oldest_waiting: late }),
    tray("b", { danger: 10, unacknowledged: 20, late: 30, waiting: 40, unread: 50, reserved: 60, in_progress: 70, taken: 80, oldest_waiting: early }),
  ];
  const { board } = commonWords;
  assert.deepEqual(tiles(totalsView(facts(counts))), {
    [board.danger]: "11", [board.unacknowledged]: "22", [board.unattended]: "1", [board.late]: "33", [board.waiting]: "44", [board.unread]: "55",
    [board.oldest]: early, [board.reserved]: "66", [board.inProgress]: "77", [board.taken]: "88",
  });
  assert.deepEqual(new Set(Object.values(tiles(totalsView(facts([], { at: "" }))))), new Set([commonWords.none]));
});

test("each cell of a bannette stands under its own heading", () => {
  const own = tray("a/social", {
    label: "Service social", danger: 2, unacknowledged: 1, late: 3, waiting: 4, unread: 5, oldest_waiting: early, next_deadline: late, wait_median_s: 900,
    starved: 6, reserved: 7, in_progress: 8, on_hold: 9, offered: 10, unattended: true,
  });
  const [head, row, empty] = rows(table([own, tray("b")], { shares: new Map<string, number | null>([["a/social", 0.625], ["b", null]]) }));
  const { board } = commonWords;
  const named = Object.fromEntries((head ?? []).map((heading, index) => [heading, row?.[index]]));
  assert.deepEqual(named, {
    [board.bannette]: `Service social ${board.unattendedMark}`, [board.danger]: `2 ${board.notAcknowledged(1)}`, [board.late]: "3", [board.waiting]: "4", [board.unread]: "5",
    [board.oldest]: early, [boardWords.tray.breach]: late, [boardWords.tray.share]: "63 %", [board.median]: "15 min", [boardWords.tray.starved]: "6",
    [board.reserved]: "7", [board.inProgress]: "8", [board.onHold]: "9", [board.offered]: "10",
  });
  assert.deepEqual(empty, ["b", "0", "0", "0", "0", commonWords.none, commonWords.none, commonWords.none, commonWords.none, "0", "0", "0", "0", "0"]);
  assert.match(markup(table([own])), /mode="left"/, "the time to breach runs down");
  assert.ok(columns.every(({ define }) => define.length > 20));
  assert.deepEqual(rows(table([own, tray("b")], { quiet: false })).length, 2, "what is empty is hidden until asked for");
});

test("the wall: sums, what is not watched, the four worst, and how many more there are", () => {
  const { wall, line: said } = boardWords;
  const counts = ["a", "b", "c", "d", "e"].map((name, index) => tray(name, { late: index + 1, waiting: 1 }));
  const alone = tray("f", { label: "Seule", unattended: true, waiting: 2, oldest_waiting: early });
  const shown = wallView(facts([...counts, alone], { calls: line() }), false, () => {});
  assert.deepEqual(tiles(shown), {
    [said.callers]: "3", [said.longest]: early, [said.free]: wall.posts(1, 5), [commonWords.board.unacknowledged]: "0", [commonWords.board.late]: "15", [commonWords.board.waiting]: "7",
    [commonWords.board.oldest]: early, [commonWords.board.unattended]: "1",
  });
  assert.deepEqual(rows(shown).slice(1).map(([name, , overdue, waiting]) => [name, overdue, waiting]),
    [[`Seule ${commonWords.board.unattendedMark}`, "0", "2"], ["e", "5", "1"], ["d", "4", "1"], ["c", "3", "1"]]);
  assert.ok(words(shown).includes(wall.more(2)));
  assert.ok(words(wallView(facts([tray("a", { waiting: 3 })]), true, () => {})).includes(wall.stale));
  assert.ok(words(wallView(facts([tray("a", { waiting: 3 })]), false, () => {})).includes(wall.calm));
});

test("those that will be late stand with their name and when they are expected; where nothing can be told that is said, and of how many", () => {
  const { late: said } = boardWords;
  const of = (id: string, verdict: Forecast["verdict"], more: Partial<Forecast> = {}): Forecast =>
    ({ header: header(id, { bannette: "a/social", deadline: late }), place: 2, expected_ms: null, verdict, ...more });
  const all = [of("K7F-3MX", "will_be_late", { expected_ms: Date.parse(late), place: 1 }), of("Q2W-8RT", "late"), of("Z9P-4LD", "in_time"), of("x", "unknown"), of("y", "unknown")];
  const shown = words(lateView(all, 5, 900));
  assert.match(shown, /K7F-3MX.*la prochaine.*prise en charge attendue à.*Q2W-8RT/);
  assert.doesNotMatch(shown, /Z9P-4LD/);
  assert.match(shown, new RegExp(`${said.untold} : ${said.untoldLine(2)}`));
  assert.ok(shown.includes(said.untoldText) && shown.includes(said.cut(5)));
  const nothing = words(lateView([of("z", "in_time")], 1, 1));
  assert.ok(nothing.includes(said.none));
  assert.ok(!nothing.includes(said.untold) && !nothing.includes(said.cut(1)));
});

test("a unit's own figures: each bannette, their sum, the oldest of all; a median is nobody's sum", () => {
  session.user = { name: "amina", role: "agent", units: ["utpas-x"], restricted: false };
  const one = tray("utpas-x/social", { waiting: 1, unread: 2, oldest_waiting: late, late: 3, unacknowledged: 4, in_progress: 5, on_hold: 6, taken: 7, wait_median_s: 60 });
  const two = tray("utpas-x/pmi", { waiting: 10, unread: 20, oldest_waiting: early, late: 30, unacknowledged: 40, in_progress: 50, on_hold: 60, taken: 70, wait_median_s: 120 });
  const { board } = commonWords;
  const [head, first, second, sum] = rows(unitFigures([one, two]));
  assert.deepEqual(head, [board.bannette, board.waiting, board.unread, board.oldest, board.late, board.unacknowledged, board.inProgress, board.onHold, board.taken, board.median]);
  assert.deepEqual(first?.slice(1), ["1", "2", late, "3", "4", "5", "6", "7", "1 min"]);
  assert.deepEqual(second?.slice(1), ["10", "20", early, "30", "40", "50", "60", "70", "2 min"]);
  assert.deepEqual(sum, [unitWords.figures.total, "11", "22", early, "33", "44", "55", "66", "77", commonWords.none]);
  assert.equal(rows(unitFigures([one])).length, 2, "one bannette is its own sum");
});
