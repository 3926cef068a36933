// A table of figures, each with its definition, and the same as a file.
import { csv } from "./csv.js";
import type { Cell, Dialect } from "./csv.js";
import type { Definition } from "./types.js";

export interface SheetRow {
  shown: readonly string[]; // what the row is of: a period, perhaps a group
  again: boolean;           // the first of these is that of the row above
  filed: readonly Cell[];   // the same in the file
  values: readonly (number | null)[]; // in the order of the definitions
  quiet?: boolean;          // nothing is in it: on the screen only where it is asked for
}
export interface Sheet {
  title: string;
  file: string; // its name
  shown: readonly string[]; // headings
  filed: readonly string[];
  rows: readonly SheetRow[];
  definitions: readonly Definition[];
}

export const sheetText = (sheet: Sheet, dialect: Dialect): string =>
  csv([[...sheet.filed, ...sheet.definitions.map(({ label }) => label)], ...sheet.rows.map(({ filed, values }): Cell[] => [...filed, ...values])], dialect);
