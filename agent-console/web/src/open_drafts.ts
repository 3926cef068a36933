// Which calls are still being typed, here and elsewhere.
import { get } from "./api.js";
import type { DraftHeader } from "./types.js";

// Nothing: they could not be read.
export async function openDrafts(): Promise<DraftHeader[] | undefined> {
  const answer = await get<{ items: DraftHeader[] }>("drafts");
  return answer.ok ? answer.value.items : undefined;
}
