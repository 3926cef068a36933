// Compares jours-feries-2020-2040.csv with npm's date-holidays (checked with 3.37.0): prints what differs and
// fails on it.
//
//     npm install date-holidays && node tests/data/jours-feries.mjs
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const Holidays = createRequire(join(process.cwd(), "x.js"))("date-holidays");
const file = new URL("jours-feries-2020-2040.csv", import.meta.url);
const rows = readFileSync(file, "utf8").split("\n").filter((line) => /^\d/.test(line)).map((line) => line.split(";"));
let wrong = 0;
for (const [region, where] of [["Métropole", ["FR"]], ["Alsace-Moselle", ["FR", "67"]]]) {
  const ours = new Set(rows.filter((row) => row[1] === region).map((row) => row[0]));
  const theirs = new Set();
  for (let year = 2020; year <= 2040; ++year)
    for (const day of new Holidays(...where).getHolidays(year))
      if (day.type === "public") theirs.add(day.date.slice(0, 10));
  for (const day of new Set([...ours, ...theirs]))
    if (ours.has(day) !== theirs.has(day)) {
      console.log(`${day} ${region}: ${ours.has(day) ? "only in the file" : "only in date-holidays"}`);
      ++wrong;
    }
  console.log(`${region}: ${ours.size} dates, ${theirs.size} in date-holidays`);
}
process.exit(wrong === 0 ? 0 : 1);
