import assert from "node:assert/strict";
import { test } from "node:test";
import { csv } from "../src/board/csv.js";

test("a spreadsheet gets its separator, its decimals, a byte order mark, and no formula", () => {
  const text = csv([["Unité", "Part"], ["Lille; Sud \"A\"", 0.25], ["=1+1", -3], ["\tx", null], ["-", 2]], "spreadsheet");
  assert.equal(text, "\uFEFFUnité;Part\r\n\"Lille; Sud \"\"A\"\"\";0,25\r\n'=1+1;-3\r\n'\tx;\r\n'-;2\r\n");
  for (const begins of ["=", "+", "-", "@", "\t"]) assert.ok(csv([[`${begins}a`]], "spreadsheet").startsWith("\uFEFF'"), begins);
  assert.equal(csv([["\rx"]], "spreadsheet"), "\uFEFF\"'\rx\"\r\n");
});

test("programs get RFC 4180, the values as they are", () => {
  assert.equal(csv([["a", 0.5], ["=1", "x,y"], ["é\r\nf", null]], "rfc4180"), "a,0.5\r\n=1,\"x,y\"\r\n\"é\r\nf\",\r\n");
});
