// The list of a bannette as the browser keeps it: what REST gave, corrected by each live hint, also by those that come before the answer.
import { isOpen } from "./rights.js";
import type { Header, StateName, UrgencyName } from "./types.js";

const urgencyRank: Record<UrgencyName, number> = { immediate: 1, urgent: 2, priority: 3, normal: 4 };
const stateRank: Record<StateName, number> = { waiting: 0, reserved: 1, in_progress: 1, on_hold: 1, handled: 2, closed: 2, merged: 2 };

// The server's order: waiting ones in order of service, then those that somebody has, in the same order.
function before(a: Header, b: Header): number {
  return (
    stateRank[a.state] - stateRank[b.state] ||
    urgencyRank[a.urgency] - urgencyRank[b.urgency] ||
    (a.deadline ?? "9").localeCompare(b.deadline ?? "9") ||
    a.arrived.localeCompare(b.arrived) ||
    a.id.localeCompare(b.id)
  );
}

export class TrayList {
  private readonly byId = new Map<string, Header>();
  private sorted: readonly Header[] | undefined;
  private heard: Map<string, Header | undefined> | undefined; // while an answer is awaited, by id; undefined: gone

  // The list is being asked for: the answer may be older than what is heard until it is there.
  asked(): void {
    this.heard = new Map();
  }

  // There is no answer.
  unanswered(): void {
    this.heard = undefined;
  }

  // The answer. Gives by how many what was heard meanwhile makes it longer.
  replace(headers: readonly Header[]): number {
    this.byId.clear();
    for (const header of headers) if (isOpen(header)) this.byId.set(header.id, header);
    this.sorted = undefined;
    const { size } = this.byId;
    const meanwhile = this.heard;
    this.heard = undefined;
    for (const [id, header] of meanwhile ?? []) {
      if (header) this.learn(header);
      else this.forget(id);
    }
    return this.byId.size - size;
  }

  // False: older than what is known, or no difference to the list. A dossier that is no longer open leaves it.
  learn(header: Header): boolean {
    this.heard?.set(header.id, header);
    const known = this.byId.get(header.id);
    if (known && known.changed > header.changed) return false;
    if (!isOpen(header)) {
      if (!this.byId.delete(header.id)) return false;
    } else {
      this.byId.set(header.id, header);
    }
    this.sorted = undefined;
    return true;
  }

  // It is no longer in a bannette of this person. False: it was not here.
  forget(id: string): boolean {
    this.heard?.set(id, undefined);
    if (!this.byId.delete(id)) return false;
    this.sorted = undefined;
    return true;
  }

  has(id: string): boolean {
    return this.byId.has(id);
  }

  get(id: string): Header | undefined {
    return this.byId.get(id);
  }

  list(): readonly Header[] {
    this.sorted ??= [...this.byId.values()].sort(before);
    return this.sorted;
  }

  get size(): number {
    return this.byId.size;
  }
}
