// The lists of a person's bannettes: what is open, offered, copied and over, with their figures, live.
import { get } from "./api.js";
import { now_ms } from "./clock.js";
import { EndedList } from "./ended.js";
import { everything } from "./filter.js";
import type { Filter } from "./filter.js";
import { Page } from "./page.js";
import type { Count, Counts, Delegation, Header } from "./types.js";
import { askHidden, counted } from "./unacknowledged.js";
import { explain } from "./view.js";

export type ListName = "open" | "offered" | "copies" | "ended";
export const listNames: readonly ListName[] = ["open", "offered", "copies", "ended"];

const refetch_pause_ms = 1_000;
const delegations_again_ms = 60_000;

export class Lists {
  readonly all = new Page(); // of all of one's bannettes: what alarms are rung for
  readonly ended: EndedList;
  counts: readonly Count[] = [];
  delegations: readonly Delegation[] = [];
  offered: readonly Header[] = [];
  copies: readonly Header[] = [];
  loaded = false;
  failed = "";
  private endedShown = false;
  private chosen: { bannette: string; page: Page } | undefined; // where all do not fit into one page
  private filter = everything;
  private delegationsAsked_ms = 0;
  private refetch: ReturnType<typeof setTimeout> | undefined;

  // `seen`: dangers may be others than before.
  constructor(private readonly changed: () => void, private readonly seen: () => void) {
    this.ended = new EndedList(changed);
  }

  end(): void {
    clearTimeout(this.refetch);
  }

  // The open ones of the chosen bannette, or all.
  page(): Page {
    return this.chosen?.bannette === this.filter.bannette ? this.chosen.page : this.all;
  }

  of(name: ListName): readonly Header[] {
    if (name === "open") return this.page().list();
    return name === "ended" ? this.ended.items : this[name];
  }

  // Dangers that nobody has acknowledged, where there may be some beyond the page; else the page tells.
  get dangers(): number {
    return this.loaded && this.all.beyond === 0 ? 0 : counted(this.counts);
  }

  mine(header: Header): boolean {
    return this.counts.some(({ bannette }) => bannette === header.bannette);
  }

  choose(filter: Filter): void {
    const before = this.filter;
    this.filter = filter;
    if (before.bannette !== filter.bannette) void this.loadChosen();
    const narrowed = (["bannette", "topic", "insee", "urgency"] as const).some((name) => before[name] !== filter[name]);
    if (this.endedShown && narrowed) void this.ended.load(filter);
  }

  showEnded(): void {
    if (!this.endedShown) void this.ended.load(this.filter);
    this.endedShown = true;
  }

  // What ended ones can be narrowed to.
  communes(): ReadonlyMap<string, string> {
    const open = [...this.all.list(), ...this.offered, ...this.copies].filter(({ insee }) => insee !== "");
    return new Map([...open.map(({ insee, commune }): [string, string] => [insee, commune || insee]), ...this.ended.communes]);
  }

  count(counts: readonly Count[]): void {
    this.counts = counts;
    // A delegation is no dossier's change: it is asked for again, now and then.
    if (now_ms() - this.delegationsAsked_ms > delegations_again_ms) this.soon();
    this.seen();
    this.changed();
  }

  learn(header: Header): void {
    const { beyond } = this.all; // those that the page does not hold: the server knows which ones
    const news = this.all.learn(header);
    if (this.chosen?.bannette === header.bannette) this.chosen.page.learn(header);
    else this.chosen?.page.forget(header.id);
    if (this.ended.loaded) this.ended.learn(header);
    if (news && beyond > 0) this.soon();
    if (news) this.seen();
    this.changed();
  }

  // False: it was not here.
  forget(id: string): boolean {
    this.chosen?.page.forget(id);
    if (!this.all.forget(id)) return false;
    this.seen();
    this.changed();
    return true;
  }

  soon(): void {
    this.refetch ??= setTimeout(() => void this.load(), refetch_pause_ms);
  }

  async load(): Promise<void> {
    clearTimeout(this.refetch);
    this.refetch = undefined;
    const [tray, counts] = await Promise.all([this.all.load(), get<Counts>("bannettes")]);
    if (!tray) return;
    if (counts.ok) {
      this.counts = counts.value.items;
      this.delegations = counts.value.delegations;
      this.delegationsAsked_ms = now_ms();
    }
    this.failed = tray.ok ? "" : explain(tray.problem);
    if (tray.ok) {
      this.offered = tray.value.offered;
      this.copies = tray.value.copies;
      this.loaded = true;
      if (this.all.beyond > 0) this.all.add(await askHidden(this.counts, this.all.list()));
      this.seen();
    }
    this.changed();
    await this.loadChosen();
  }

  private async loadChosen(): Promise<void> {
    const { bannette } = this.filter;
    if (bannette === "" || this.all.beyond === 0) {
      this.chosen = undefined;
    } else {
      const page = this.chosen?.bannette === bannette ? this.chosen.page : new Page();
      const answer = await page.load(bannette);
      if (answer?.ok && this.filter.bannette === bannette) this.chosen = { bannette, page };
    }
    this.changed();
  }
}
