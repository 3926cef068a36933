// What the board knows: asked for by REST, corrected by live hints, asked for again once a minute and after each resync.
import { get } from "../api.js";
import type { Answer } from "../api.js";
import { heardServerTime, now_ms } from "../clock.js";
import { live } from "../live.js";
import { isOpen, unacknowledged, unowned, unresolved } from "../rights.js";
import { session } from "../session.js";
import { TrayList } from "../tray.js";
import type { Count, Counts, Header, LiveMessage, SlowConsumer, Tray } from "../types.js";
import { askHidden, counted } from "../unacknowledged.js";
import { explain } from "../view.js";
import { pointOf, step_ms, TwoHours } from "./curves.js";
import type { CallsNow, Curves, Events, Outbox, Report, SiteEvent, Waits } from "./types.js";

const page = 200;           // the most that the server gives
const events_back = 2_000;  // changes of the journal that are looked through for alerts
const events_kept = 60;
const event_pages = 5;
const soon_ms = 700;        // hints come in bunches

export class Facts {
  counts: readonly Count[] = [];
  slow: readonly SlowConsumer[] = [];
  at = "";        // when the counts were true; empty: not known yet
  failed = "";
  total = 0;      // open dossiers, also beyond the page
  offered: readonly Header[] = [];
  events: readonly SiteEvent[] = [];
  calls: CallsNow | undefined;
  waits: Waits | undefined;
  outbox: Outbox | undefined;
  shares: ReadonlyMap<string, number | null> = new Map(); // today, of what was due: within the deadline, by bannette
  readonly hours = new TwoHours();
  private readonly open = new TrayList();
  private complete = false; // all open ones are in the list
  private scanned = 0;
  private asked = 0;
  private later: ReturnType<typeof setTimeout> | undefined;
  private minute: ReturnType<typeof setInterval> | undefined;
  private deaf: (() => void) | undefined;

  constructor(private readonly changed: () => void, private readonly heard: (message: LiveMessage) => void) {}

  start(): void {
    this.deaf = live.listen((message) => this.hear(message));
    this.minute = setInterval(() => void this.load(), step_ms);
    void this.load();
  }

  stop(): void {
    this.deaf?.();
    clearInterval(this.minute);
    clearTimeout(this.later);
  }

  // Supervisors decide, and see the line.
  get decides(): boolean {
    return session.user?.role === "supervisor";
  }

  get watches(): boolean {
    return ["supervisor", "admin", "auditor"].includes(session.user?.role ?? "");
  }

  headers(): readonly Header[] {
    return this.open.list();
  }

  // What only a supervisor can decide.
  unresolved(): readonly Header[] {
    return unresolved(this.headers(), this.offered);
  }

  dangers(): readonly Header[] {
    return this.headers().filter(unacknowledged).sort((a, b) => a.arrived.localeCompare(b.arrived));
  }

  // All of them, also those that no list holds.
  get openDangers(): number {
    const listed = this.dangers().length;
    return this.complete ? listed : Math.max(counted(this.counts), listed);
  }

  learn(header: Header): boolean {
    this.offered = this.offered.filter(({ id }) => id !== header.id);
    if (isOpen(header) && header.proposal) this.offered = [...this.offered, header];
    return this.open.learn(header);
  }

  async load(): Promise<void> {
    const mine = ++this.asked;
    await Promise.all([this.loadCounts(mine), this.loadOpen(mine), this.loadCurves(), this.loadShares(), ...(this.decides ? [this.loadCalls()] : []), ...(this.watches ? [this.loadOutbox()] : [])]);
    if (mine === this.asked && !this.complete) this.keep(await askHidden(this.counts, this.headers()));
    if (this.watches && mine === this.asked) await Promise.all([this.loadEvents(), this.loadWaits()]);
    this.changed();
  }

  private keep(headers: readonly Header[]): void {
    for (const header of headers) this.open.learn(header);
  }

  private async loadCounts(mine: number): Promise<void> {
    const answer = await get<Counts>("bannettes");
    if (mine !== this.asked) return;
    if (answer.ok) {
      heardServerTime(answer.value.at);
      this.take(answer.value.at, answer.value.items, answer.value.slow);
    }
    this.failed = answer.ok ? "" : explain(answer.problem);
    this.changed();
  }

  private async loadOpen(mine: number): Promise<void> {
    this.open.asked();
    const answer = await get<Tray>(`tray?limit=${page}`);
    if (mine !== this.asked) return;
    if (!answer.ok) return this.open.unanswered();
    const { items, offered, total, as_of } = answer.value;
    this.open.replace(items);
    this.offered = offered;
    this.total = total;
    this.complete = total <= items.length;
    if (this.scanned === 0) this.scanned = Math.max(0, as_of - events_back);
    if (total <= page || !this.watches) return;
    const stuck = await Promise.all(unowned.map((name) => get<Tray>(`tray?bannette=${name}&limit=${page}`))); // may stand beyond the page
    for (const one of stuck) if (mine === this.asked && one.ok) this.keep(one.value.items);
  }

  private async loadCurves(): Promise<void> {
    const answer = await get<Curves>("curves");
    if (answer.ok) this.hours.replace(answer.value);
  }

  private async loadShares(): Promise<void> {
    const answer = await get<Report>("reports?step=whole&by=bannette");
    if (!answer.ok) return;
    const share = ({ figures }: Report["rows"][number]): number | null => figures.find(({ code }) => code === "within_deadline")?.value ?? null;
    this.shares = new Map(answer.value.rows.map((row) => [row.key, share(row)]));
  }

  // From where the last look ended; the first looks back a bounded way.
  private async loadEvents(): Promise<void> {
    for (let pages = 0; pages < event_pages; ++pages) {
      const after = this.scanned;
      const answer: Answer<Events> = await get<Events>(`events?after=${after}&limit=${page}`);
      if (!answer.ok || this.scanned !== after) return; // another look was faster
      const { items, scanned, as_of } = answer.value;
      this.events = [...items].reverse().concat(this.events).slice(0, events_kept);
      this.scanned = scanned;
      if (scanned >= as_of) return;
    }
  }

  // A service without telephony, or of before it, has no such route.
  private async loadCalls(): Promise<void> {
    const answer = await get<CallsNow>("calls/now");
    if (answer.ok) this.calls = answer.value;
    else if (answer.problem.status === 404) this.calls = undefined;
  }

  private async loadWaits(): Promise<void> {
    if (!this.calls?.telephony) return;
    const answer = await get<Waits>("waits");
    if (answer.ok) this.waits = answer.value;
  }

  private async loadOutbox(): Promise<void> {
    const answer = await get<Outbox>("outbox?limit=1");
    if (answer.ok) this.outbox = answer.value;
  }

  private take(at: string, items: readonly Count[], slow: readonly SlowConsumer[]): void {
    this.counts = items;
    this.slow = slow;
    this.at = at;
    this.hours.add(pointOf(at, items, this.calls));
  }

  paces(): ReturnType<TwoHours["paces"]> {
    return this.hours.paces(this.counts, now_ms());
  }

  private hear(message: LiveMessage): void {
    if (message.type === "hello" || message.type === "resync") this.soon();
    else if (message.type === "counts") this.take(message.at, message.items, message.slow ?? []);
    else if (message.type === "gone") this.open.forget(message.id);
    else if (message.type === "tray") {
      this.learn(message.header);
      if (this.watches && ["escalated", "acknowledged", "breached", "starved", "proposal_expired"].includes(message.change)) this.soon();
    }
    this.hearLine(message);
    this.heard(message);
    this.changed();
  }

  // The line's own hint says only what moves: whether there is telephony, and the names of pauses, stay.
  private hearLine(message: { type: string }): void {
    if (message.type !== "line" || !this.calls) return;
    this.calls = { ...this.calls, ...(message as unknown as Partial<CallsNow>) };
  }

  private soon(): void {
    clearTimeout(this.later);
    this.later = setTimeout(() => void this.load(), soon_ms);
  }
}
