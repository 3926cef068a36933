import assert from "node:assert/strict";
import { test } from "node:test";
import { layOut } from "../src/sheet.js";

const entry = "25 nov. 14:05 · amina · Note ajoutée\nRappelée : rendez-vous lundi.";

test("an ordinary dossier is printed whole, in large letters", () => {
  assert.deepEqual(layOut("Loyer impayé.", [entry, entry]), { size_pt: 10.5, note: "Loyer impayé.", cut: false, entries: 2 });
});

test("letters become smaller before anything is left out", () => {
  const sheet = layOut("mot ".repeat(1000), Array<string>(12).fill(entry));
  assert.ok(sheet.size_pt < 10.5 && !sheet.cut && sheet.entries === 12, JSON.stringify(sheet));
});

test("what no page could hold is cut at its end, and told", () => {
  const sheet = layOut("mot ".repeat(2500), Array<string>(200).fill(entry));
  assert.equal(sheet.size_pt, 7);
  assert.ok(sheet.cut && sheet.note.length > 3000 && sheet.entries > 5 && sheet.entries < 200, `${sheet.note.length} ${sheet.entries}`);
  assert.ok("mot ".repeat(2500).startsWith(sheet.note));
});

test("a note of many short lines is counted by its lines", () => {
  const sheet = layOut(Array<string>(300).fill("- x").join("\n"), [entry]);
  assert.ok(sheet.cut);
  assert.ok(sheet.note.split("\n").length < 80);
});
