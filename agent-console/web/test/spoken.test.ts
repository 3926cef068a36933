import assert from "node:assert/strict";
import { test } from "node:test";
import { spoken } from "../src/spoken.js";

test("a reference is spelled as on the phone, figures as they are", () => {
  assert.equal(spoken("K7F-3MX"), "K comme Kléber, 7, F comme François, 3, M comme Marcel, X comme Xavier");
  for (const letter of "ABCDEFGHIJKLMNOPQRSTUVWXYZ") assert.match(spoken(letter), new RegExp(`^${letter} comme ${letter}.`, "i"), letter);
});
