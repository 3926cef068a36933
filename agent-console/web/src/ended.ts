// What is handled, closed or joined to another in one's bannettes, the newest arrival first, as far back as was asked for.
import { get } from "./api.js";
import { isOpen } from "./rights.js";
import type { Header, Tray } from "./types.js";
import { explain } from "./view.js";

const page = 100;
const kept_most = 5_000; // in this page's memory
const empty_pages = 20;  // the server looks through so many headers at a time, and may find none

export class EndedList {
  items: readonly Header[] = [];
  loaded = false;
  busy = false;
  failed = "";
  private next: number | null = null;
  private bannette = "";
  private asked = 0;

  constructor(private readonly changed: () => void) {}

  get more(): boolean {
    return this.next !== null && this.items.length < kept_most;
  }

  load(bannette: string): Promise<void> {
    this.bannette = bannette;
    this.items = [];
    this.loaded = false;
    return this.ask(null);
  }

  older(): Promise<void> {
    return this.busy || this.next === null ? Promise.resolve() : this.ask(this.next);
  }

  // A live hint.
  learn(header: Header): void {
    const others = this.items.filter(({ id }) => id !== header.id);
    if (isOpen(header)) this.items = others;
    else if (!this.bannette || header.bannette === this.bannette) this.items = others.length < this.items.length ? this.items.map((one) => (one.id === header.id ? header : one)) : [header, ...others];
  }

  private async ask(before: number | null): Promise<void> {
    const mine = ++this.asked;
    this.busy = true;
    this.failed = "";
    this.changed();
    let found: readonly Header[] = [];
    for (let pages = 0; pages < empty_pages && found.length === 0; ++pages) {
      const answer = await get<Tray>(`tray?ended=true&limit=${page}${before ? `&before=${before}` : ""}${this.bannette ? `&bannette=${encodeURIComponent(this.bannette)}` : ""}`);
      if (mine !== this.asked) return;
      if (!answer.ok) {
        this.failed = explain(answer.problem);
        break;
      }
      found = answer.value.items;
      this.next = before = answer.value.next;
      this.loaded = true;
      if (before === null) break;
    }
    const known = new Set(this.items.map(({ id }) => id));
    this.items = [...this.items, ...found.filter(({ id }) => !known.has(id))];
    this.busy = false;
    this.changed();
  }
}
