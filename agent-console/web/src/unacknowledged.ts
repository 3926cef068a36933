// Dangers that nobody has acknowledged are counted by the server over everything; a list is a page. Where the page holds fewer than are
// counted, their bannettes are asked for by themselves: a danger must not be hidden by the length of a list.
import { get } from "./api.js";
import { unacknowledged } from "./rights.js";
import type { Count, Header, Tray } from "./types.js";

const page = 200;
const asked_most = 12; // bannettes, of the worst centre imaginable; the number that is missing is said

export const counted = (counts: readonly Count[]): number => counts.reduce((sum, count) => sum + count.unacknowledged, 0);

// The bannettes of which the list lacks some.
export function hidden(counts: readonly Count[], list: readonly Header[]): string[] {
  const known = new Map<string, number>();
  for (const header of list) if (unacknowledged(header)) known.set(header.bannette, (known.get(header.bannette) ?? 0) + 1);
  return counts.filter(({ bannette, unacknowledged }) => unacknowledged > (known.get(bannette) ?? 0)).map(({ bannette }) => bannette);
}

export async function askHidden(counts: readonly Count[], list: readonly Header[]): Promise<readonly Header[]> {
  const answers = await Promise.all(
    hidden(counts, list).slice(0, asked_most).map((bannette) => get<Tray>(`tray?bannette=${encodeURIComponent(bannette)}&limit=${page}`)),
  );
  return answers.flatMap((answer) => (answer.ok ? answer.value.items.filter(unacknowledged) : []));
}
