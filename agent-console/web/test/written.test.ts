import assert from "node:assert/strict";
import { test } from "node:test";
import { guard } from "../src/guard.js";
import { written } from "../src/written.js";

test("what is half-written is by dossier and action, is asked about, and is nobody else's", async () => {
  const mine = written.of("amina");
  let asked = 0;
  mine.protect(async () => ++asked > 1);
  assert.equal(guard.unkept(), false);
  assert.equal(await guard.mayLeave(), true);
  mine.set("a", "note", "Elle rappelle.");
  mine.set("a", "hold", "En vacances.");
  assert.deepEqual([mine.get("a", "note"), mine.get("a", "hold"), mine.get("b", "note")], ["Elle rappelle.", "En vacances.", ""]);
  assert.equal(guard.unkept(), true);
  assert.equal(await guard.mayLeave(), false);
  assert.equal(await guard.mayLeave(), true);
  mine.sent("a", "note", "Elle rappelle.");
  assert.equal(mine.get("a", "note"), "");
  mine.set("a", "hold", "En vacances jusqu'au 12.");
  mine.sent("a", "hold", "En vacances."); // more was written while it was sent
  assert.equal(mine.get("a", "hold"), "En vacances jusqu'au 12.");
  mine.set("a", "hold", "  ");
  assert.equal(guard.holds(), false);
  mine.set("a", "note", "x");
  assert.equal(written.of("bruno").any(), false);
  mine.set("a", "note", "x");
  guard.forget();
  assert.equal(mine.any(), false);
});

test("what one screen holds is asked about and forgotten whichever screen is shown last", async () => {
  let draft = "parole d'un appelant";
  guard.set("draft", { holds: () => draft !== "", unkept: () => draft !== "", mayLeave: async () => draft === "", forget: () => (draft = "") });
  written.of("sofia").protect(async () => true);
  assert.deepEqual([guard.holds(), guard.unkept(), await guard.mayLeave()], [true, true, false]);
  guard.forget();
  assert.deepEqual([draft, guard.holds(), await guard.mayLeave()], ["", false, true]);
});
