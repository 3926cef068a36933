// How a dossier is laid on one A4 page: the largest letters that let all of it in, else the smallest, with the end cut and told.
export const page_mm = { width: 190, height: 273 }; // within margins of 10 mm, and a line to spare
const sizes_pt: readonly number[] = [10.5, 9, 8, 7];
const mm_per_pt = 0.3528;
const line_height = 1.4; // as in print.css
const letter = 0.56; // mean width of a letter in its size, rounded up: capitals and digits are wider
const head_lines = 14; // title, marks, dates, caller, place, headings, the line at the foot

export interface Sheet {
  size_pt: number;
  note: string;
  cut: boolean; // the note has an end that is not there
  entries: number; // of the history, newest first
}

function room(size_pt: number): { letters: number; lines: number } {
  return {
    letters: Math.floor(page_mm.width / (letter * size_pt * mm_per_pt)),
    lines: Math.floor(page_mm.height / (line_height * size_pt * mm_per_pt)) - head_lines,
  };
}

function linesOf(text: string, letters: number): number {
  return text === "" ? 0 : text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / letters)), 0);
}

// As much of the text as these lines hold.
function begin(text: string, letters: number, lines: number): string {
  const kept: string[] = [];
  let left = lines;
  for (const line of text.split("\n")) {
    if (left <= 0) break;
    kept.push(line.slice(0, left * letters));
    left -= Math.max(1, Math.ceil(line.length / letters));
  }
  return kept.join("\n");
}

// `history`: what each entry says, newest first.
export function layOut(note: string, history: readonly string[]): Sheet {
  const last = sizes_pt.at(-1) ?? 7;
  for (const size_pt of sizes_pt) {
    const { letters, lines } = room(size_pt);
    const wanted = linesOf(note, letters) + history.reduce((sum, entry) => sum + linesOf(entry, letters), 0);
    if (wanted <= lines) return { size_pt, note, cut: false, entries: history.length };
  }
  const { letters, lines } = room(last);
  const share = Math.max(Math.floor(lines * 0.6), lines - history.reduce((sum, entry) => sum + linesOf(entry, letters), 0));
  const shown = begin(note, letters, share);
  let left = lines - linesOf(shown, letters);
  let entries = 0;
  for (const entry of history) {
    left -= linesOf(entry, letters);
    if (left < 0) break;
    ++entries;
  }
  return { size_pt: last, note: shown, cut: shown.length < note.length, entries };
}
