import assert from "node:assert/strict";
import { test } from "node:test";
import { callsSheet } from "../src/board/calls_sheet.js";
import { csv } from "../src/board/csv.js";
import { sheetText } from "../src/board/sheet.js";

test("a spreadsheet gets its separator, its decimals, a byte order mark, and no formula", () => {
  const text = csv([["Unité", "Part"], ["Lille; Sud \"A\"", 0.25], ["=1+1", -3], ["\tx", null], ["-", 2]], "spreadsheet");
  assert.equal(text, "\uFEFFUnité;Part\r\n\"Lille; Sud \"\"A\"\"\";0,25\r\n'=1+1;-3\r\n'\tx;\r\n'-;2\r\n");
  for (const begins of ["=", "+", "-", "@", "\t"]) assert.ok(csv([[`${begins}a`]], "spreadsheet").startsWith("\uFEFF'"), begins);
  assert.equal(csv([["\rx"]], "spreadsheet"), "\uFEFF\"'\rx\"\r\n");
});

test("programs get RFC 4180, the values as they are", () => {
  assert.equal(csv([["a", 0.5], ["=1", "x,y"], ["é\r\nf", null]], "rfc4180"), "a,0.5\r\n=1,\"x,y\"\r\n\"é\r\nf\",\r\n");
});

test("the line's figures by day, without those of this moment, and nothing where there was no call", () => {
  const figure = (code: string, value: number | null): { code: string; version: number; value: number | null } => ({ code, version: 1, value });
  const definition = (code: string, label: string): { code: string; version: number; label: string; text: string; unit: string } => ({ code, version: 1, label, text: `${label}.`, unit: "count" });
  const sheet = callsSheet(
    {
      at: "2026-11-25T10:00:00Z",
      rows: [
        { from: "2026-11-23T23:00:00Z", to: "2026-11-24T23:00:00Z", figures: [figure("offered", 812), figure("wait_p90", 61.5), figure("waiting_now", 3)] },
        { from: "2026-11-24T23:00:00Z", to: "2026-11-25T10:00:00Z", figures: [figure("wait_p90", null), figure("offered", 0)] },
      ],
      definitions: [definition("waiting_now", "En attente"), definition("offered", "Appels présentés"), definition("wait_p90", "Attente, 90 %"), definition("other", "Autre")],
    },
    "day", "2026-11-24", "2026-11-25",
  );
  assert.deepEqual(sheetText(sheet, "rfc4180").split("\r\n"), [
    'Du,Au,Appels présentés,"Attente, 90 %"',
    "2026-11-23T23:00:00Z,2026-11-24T23:00:00Z,812,61.5",
    "2026-11-24T23:00:00Z,2026-11-25T10:00:00Z,0,",
    "",
  ]);
  assert.equal(sheet.file, "bannette-appels-2026-11-24-2026-11-25.csv");
});
