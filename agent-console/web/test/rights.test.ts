import assert from "node:assert/strict";
import { test } from "node:test";
import { everything, filterFrom, passes } from "../src/filter.js";
import { allowed, arbitrates, receivers, standsFor, unacknowledged, unresolved } from "../src/rights.js";
import type { Header, User } from "../src/types.js";
import { header } from "./header.js";

const amina: User = { name: "amina", role: "agent", units: ["utpas-x"], restricted: false };
const acts = (more: Partial<Header>, user = amina, people = [user.name]): string => allowed(header("a", more), user, people).join(" ");
const proposal = { to: "utpas-x/pmi", from: "denis", why: "wrong_topic", until: null };

test("each state allows what the queue allows, to its holder only", () => {
  assert.equal(acts({}), "reserve take");
  assert.equal(acts({ state: "reserved", holder: "amina" }), "accept release note propose return copy merge");
  assert.equal(acts({ state: "in_progress", holder: "amina" }), "note handle hold propose return copy merge");
  assert.equal(acts({ state: "on_hold", holder: "amina" }), "resume note handle propose return copy merge");
  assert.equal(acts({ state: "in_progress", holder: "bruno" }), "");
  assert.equal(acts({ state: "handled", holder: "bruno" }), "reopen close");
  assert.equal(acts({ state: "closed" }), "");
  assert.equal(acts({ state: "in_progress", holder: "amina", bannette: "utpas-y/pmi" }), "");
});

test("an open proposal is withdrawn by its sender and answered by the other unit", () => {
  assert.match(acts({ state: "in_progress", holder: "amina", proposal: { ...proposal, to: "utpas-y/pmi" } }), /withdraw/);
  assert.equal(acts({ state: "in_progress", holder: "denis", bannette: "utpas-y/pmi", proposal }), "accept-proposal refuse-proposal");
});

test("a third redirect is the supervisor's to accept; the other unit may refuse it", () => {
  const third = { state: "in_progress", holder: "denis", bannette: "utpas-y/pmi", proposal, hops: 2 } as const;
  assert.equal(acts(third), "refuse-proposal");
  assert.equal(acts({ ...third, hops: 1 }), "accept-proposal refuse-proposal");
  assert.equal(arbitrates(header("a", third), { ...amina, role: "supervisor" }).join(" "), "accept-proposal refuse-proposal move reassign");
});

test("a danger is not merged, and is acknowledged until somebody has", () => {
  const climb = { fired: ["unit"], last: null, acknowledged_by: null };
  assert.equal(acts({ danger: true, climb }), "acknowledge reserve take");
  assert.doesNotMatch(acts({ danger: true, climb, state: "in_progress", holder: "amina" }), /merge/);
  assert.equal(unacknowledged(header("a", { danger: true, climb: { ...climb, acknowledged_by: "bruno" } })), false);
  assert.equal(unacknowledged(header("a", { danger: true, climb, state: "handled" })), false);
});

test("a manager gives dossiers of the unit to people; a supervisor's screen is not this one", () => {
  assert.equal(acts({ state: "in_progress", holder: "bruno" }, { ...amina, role: "manager" }), "reassign");
  assert.equal(acts({}, { ...amina, role: "supervisor" }), "");
});

test("a dossier is given to who works there and may read it, and not to who has it", () => {
  const colleagues: User[] = [
    amina, { ...amina, name: "bruno" }, { ...amina, name: "rachel", restricted: true }, { ...amina, name: "mona", role: "manager" },
    { ...amina, name: "denis", units: ["utpas-y"] }, { ...amina, name: "sofia", role: "supervisor" }, { ...amina, name: "odile", role: "operator" },
  ];
  assert.deepEqual(receivers(colleagues, header("a", { state: "in_progress", holder: "bruno" })), ["amina", "rachel", "mona"]);
  assert.deepEqual(receivers(colleagues, header("a", { restricted: true })), ["rachel", "mona"]);
  assert.deepEqual(receivers(colleagues, header("a", { bannette: "utpas-y/pmi" })), ["denis"]);
  assert.deepEqual(receivers(colleagues, header("a", { bannette: "standard" })), []);
});

test("who stands in for somebody acts on their dossiers, between the two moments", () => {
  const away = { person: "bruno", to: "amina", from: "2026-11-25T08:00:00.000Z", until: "2026-11-26T08:00:00.000Z" };
  const at = (text: string): string[] => standsFor(amina, [away, { ...away, person: "claire", to: "denis" }], Date.parse(text));
  assert.deepEqual(at("2026-11-25T07:59:59.999Z"), ["amina"]);
  assert.deepEqual(at("2026-11-25T08:00:00.000Z"), ["amina", "bruno"]);
  assert.deepEqual(at("2026-11-26T08:00:00.000Z"), ["amina"]);
  assert.match(acts({ state: "in_progress", holder: "bruno" }, amina, ["amina", "bruno"]), /handle/);
});

test("a filter is read from what was kept, as far as it is one", () => {
  assert.deepEqual(filterFrom({ standing: "mine", topic: "social.budget", urgency: 3, note: "x" }), { ...everything, standing: "mine", topic: "social.budget" });
  for (const damaged of [null, "text", 7, { standing: "gone" }]) assert.deepEqual(filterFrom(damaged), everything);
});

test("late is past the deadline in waiting, or taken in hand too late", () => {
  const now = Date.parse("2026-11-25T12:00:00.000Z");
  const late = (more: Partial<Header>): boolean => passes(header("a", more), { ...everything, standing: "late" }, ["amina"], now);
  assert.equal(late({ deadline: "2026-11-25T11:59:59.000Z" }), true);
  assert.equal(late({ deadline: "2026-11-25T12:00:01.000Z" }), false);
  assert.equal(late({ state: "in_progress", deadline: "2026-11-25T11:00:00.000Z", deadline_state: "met" }), false);
  assert.equal(late({ state: "in_progress", deadline: "2026-11-25T11:00:00.000Z", deadline_state: "breached" }), true);
});

test("a confidential dossier is for who has the right in its bannette, and for the manager", () => {
  assert.equal(acts({ restricted: true, topic: "" }), "");
  assert.equal(acts({ restricted: true }, { ...amina, restricted: true }), "reserve take");
  assert.match(acts({ restricted: true }, { ...amina, role: "manager" }), /take/);
  const offered = { restricted: true, state: "in_progress", holder: "denis", bannette: "utpas-y/pmi", proposal } as const;
  assert.equal(acts(offered), "");
  assert.equal(acts(offered, { ...amina, restricted: true }), "accept-proposal refuse-proposal");
});

test("before the supervisors: what no rule placed, what waits at the switchboard, third redirects; nothing twice", () => {
  const ids = (open: readonly Header[], offered: readonly Header[] = []): string => unresolved(open, offered).map(({ id }) => id).join(" ");
  const third = header("third", { state: "in_progress", hops: 2, proposal });
  const both = header("both", { bannette: "arbitrage", state: "in_progress", hops: 3, proposal });
  const open = [
    header("unit", {}), header("unplaced", { bannette: "arbitrage", state: "in_progress" }), header("returned", { bannette: "standard" }),
    header("in hand", { bannette: "standard", state: "in_progress", holder: "stella" }), third, both,
  ];
  assert.equal(ids(open), "unplaced returned both");
  assert.equal(ids(open, [third, both, header("second", { hops: 1, proposal })]), "unplaced returned both third");
});
