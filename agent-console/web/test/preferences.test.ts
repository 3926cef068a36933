import assert from "node:assert/strict";
import { test } from "node:test";
import { everything } from "../src/filter.js";
import { none, preferencesFrom, views_kept } from "../src/preferences.js";

test("preferences come back as they were kept", () => {
  const kept = { views: [{ name: "À moi", filter: { ...everything, standing: "mine" as const } }], sound: true, notices: false };
  assert.deepEqual(preferencesFrom(JSON.stringify(kept)), kept);
});

test("a text that is none, of an older page, or damaged gives what can be read of it", () => {
  for (const text of ["", "{", "[]", "null", "7", '{"views":7}']) assert.deepEqual(preferencesFrom(text), none, text);
  const read = preferencesFrom('{"views":[null,{"name":""},{"name":"a","filter":{"standing":"?"}},{"filter":{}}],"sound":"yes"}');
  assert.deepEqual(read, { views: [{ name: "a", filter: everything }], sound: false, notices: false });
  const many = Array.from({ length: 50 }, (_each, index) => ({ name: `vue ${index}` }));
  assert.equal(preferencesFrom(JSON.stringify({ views: many })).views.length, views_kept);
});
