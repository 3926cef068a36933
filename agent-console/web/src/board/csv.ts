// Tables as files. For a French spreadsheet: `;`, UTF-8 with a byte order mark, and no text that the spreadsheet would take for a formula
// (OWASP, CSV Injection). For programs: RFC 4180, as the values are.
export type Cell = string | number | null;
export type Dialect = "spreadsheet" | "rfc4180";

const byte_order_mark = "\uFEFF";
const formula = /^[=+\-@\t\r]/;
const decimals = 4;

function shown(cell: Cell, dialect: Dialect): string {
  if (cell === null) return "";
  if (typeof cell === "number") {
    const text = String(Number(cell.toFixed(decimals)));
    return dialect === "spreadsheet" ? text.replace(".", ",") : text;
  }
  return dialect === "spreadsheet" && formula.test(cell) ? `'${cell}` : cell;
}

export function csv(rows: readonly (readonly Cell[])[], dialect: Dialect): string {
  const separator = dialect === "spreadsheet" ? ";" : ",";
  const quote = (text: string): string => (/[";,\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = rows.map((row) => row.map((cell) => (typeof cell === "number" && separator === ";" ? shown(cell, dialect) : quote(shown(cell, dialect)))).join(separator));
  return (dialect === "spreadsheet" ? byte_order_mark : "") + lines.map((line) => `${line}\r\n`).join("");
}

// Given to the person as a file.
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
