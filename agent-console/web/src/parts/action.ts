// What somebody asked to be done with a dossier.
import type { Act } from "../rights.js";

export interface Action {
  id: string;
  act: Act;
  body: Record<string, unknown>;
  key: string; // one for as often as it is sent: done once
}

export const sameAction = (a: Omit<Action, "key">, b: Omit<Action, "key">): boolean =>
  a.id === b.id && a.act === b.act && JSON.stringify(a.body) === JSON.stringify(b.body);
