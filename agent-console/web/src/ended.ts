// What is handled, closed or joined to another in one's bannettes, the newest arrival first, as far back as was asked for. The server narrows it
// by codes, over all there is; words are looked for here, among those that were read.
import { get } from "./api.js";
import { passes } from "./filter.js";
import type { Filter } from "./filter.js";
import { isOpen } from "./rights.js";
import type { Header, Tray } from "./types.js";
import { explain } from "./view.js";

const page = 100;
const kept_most = 5_000; // in this page's memory
const pages_most = 20;   // at a time: a page may hold nothing, or nothing of what is looked for

export type Narrowing = Pick<Filter, "bannette" | "topic" | "insee" | "urgency">;
const narrowings = ["bannette", "topic", "insee", "urgency"] as const;

export class EndedList {
  items: readonly Header[] = [];
  readonly communes = new Map<string, string>(); // by code, of all that was read
  loaded = false;
  busy = false;
  failed = "";
  private next: number | null = null;
  private by: Narrowing = { bannette: "", topic: "", insee: "", urgency: "" };
  private asked = 0;

  constructor(private readonly changed: () => void) {}

  get more(): boolean {
    return this.next !== null && !this.full;
  }

  // No more fit into this page's memory.
  get full(): boolean {
    return this.items.length >= kept_most;
  }

  load(by: Narrowing): Promise<void> {
    this.by = by;
    this.items = [];
    this.loaded = false;
    return this.ask(null, () => true);
  }

  // On to the next page that holds one of them.
  older(wanted: (header: Header) => boolean): Promise<void> {
    return this.busy || this.next === null ? Promise.resolve() : this.ask(this.next, wanted);
  }

  // A live hint.
  learn(header: Header): void {
    const others = this.items.filter(({ id }) => id !== header.id);
    if (isOpen(header)) this.items = others;
    else if (passes(header, { ...this.by, standing: "" }, [], 0)) this.items = others.length < this.items.length ? this.items.map((one) => (one.id === header.id ? header : one)) : [header, ...others];
  }

  private async ask(before: number | null, wanted: (header: Header) => boolean): Promise<void> {
    const mine = ++this.asked;
    const by = narrowings.filter((name) => this.by[name] !== "").map((name) => `&${name}=${encodeURIComponent(this.by[name])}`).join("");
    this.busy = true;
    this.failed = "";
    this.changed();
    for (let pages = 0, found = false; pages < pages_most && !found && !this.full; ++pages) {
      const answer = await get<Tray>(`tray?ended=true&limit=${page}${before ? `&before=${before}` : ""}${by}`);
      if (mine !== this.asked) return;
      if (!answer.ok) {
        this.failed = explain(answer.problem);
        break;
      }
      const known = new Set(this.items.map(({ id }) => id));
      const news = answer.value.items.filter(({ id }) => !known.has(id));
      this.items = [...this.items, ...news];
      for (const { insee, commune } of news) if (insee) this.communes.set(insee, commune || insee);
      this.next = before = answer.value.next;
      this.loaded = true;
      found = before === null || news.some(wanted);
    }
    this.busy = false;
    this.changed();
  }
}
