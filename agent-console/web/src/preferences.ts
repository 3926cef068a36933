// How a person likes the screen, kept on the server so that it follows them from one shared PC to another, and is never in a browser's
// storage. A view is a name and a filter; its name is the person's own words, and only they are shown it.
import { get, post } from "./api.js";
import { filterFrom } from "./filter.js";
import type { Filter } from "./filter.js";

export interface SavedView {
  name: string;
  filter: Filter;
}
export interface Preferences {
  views: readonly SavedView[];
  sound: boolean;
  notices: boolean;
}
export const views_kept = 20;
export const view_name_most = 40;
export const none: Preferences = { views: [], sound: false, notices: false };

// What can be read of a kept text: an older page wrote it, or a newer one.
export function preferencesFrom(text: string): Preferences {
  let kept: unknown;
  try {
    kept = JSON.parse(text);
  } catch {
    return none;
  }
  if (typeof kept !== "object" || kept === null) return none;
  const { views, sound, notices } = kept as Record<string, unknown>;
  const read = (Array.isArray(views) ? views : []).flatMap((view: unknown): SavedView[] => {
    if (typeof view !== "object" || view === null) return [];
    const { name, filter } = view as Record<string, unknown>;
    return typeof name === "string" && name !== "" ? [{ name: name.slice(0, view_name_most), filter: filterFrom(filter) }] : [];
  });
  return { views: read.slice(0, views_kept), sound: sound === true, notices: notices === true };
}

export async function loadPreferences(): Promise<Preferences> {
  const answer = await get<{ text: string }>("me/preferences");
  return answer.ok ? preferencesFrom(answer.value.text) : none;
}

// False: the server did not keep them.
export async function keepPreferences(preferences: Preferences): Promise<boolean> {
  return (await post<void>("me/preferences", { text: JSON.stringify(preferences) })).ok;
}
