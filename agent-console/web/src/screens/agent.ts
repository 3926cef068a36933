// The agent's screen: the bannette's list, live, and the open dossier beside it; where none is open, the unit's figures.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { get, post, unknownOutcome } from "../api.js";
import { now_ms } from "../clock.js";
import { Dangers } from "../dangers.js";
import { everything, passes } from "../filter.js";
import type { Filter } from "../filter.js";
import { fr } from "../fr.js";
import { frUnit } from "../fr/unit.js";
import { uuid7 } from "../ids.js";
import { live } from "../live.js";
import type { AbsenceDialog } from "../parts/absence.js";
import "../parts/absence.js";
import { alertStrip } from "../parts/alert.js";
import type { DossierPanel } from "../parts/dossier.js";
import "../parts/dossier.js";
import { filterBar, mentions } from "../parts/filters.js";
import { toggleHelp } from "../parts/help.js";
import { stepRow, trayTable } from "../parts/tray_table.js";
import { unitFigures } from "../parts/unit_figures.js";
import { viewBar } from "../parts/views.js";
import { isOpen, standsFor, unacknowledged } from "../rights.js";
import { session } from "../session.js";
import { Settings } from "../settings.js";
import { TrayList } from "../tray.js";
import type { Count, Counts, Delegation, Done, Header, LiveMessage, Tray } from "../types.js";
import { explain, keyName, View } from "../view.js";

const page = 200;
const refetch_pause_ms = 1_000;
const ended_kept = 50;
const delegations_again_ms = 60_000;
const reference = /^[0-9a-z]{3}[ -]?[0-9a-z]{3}$/i;
const redirects = new Set(["proposed", "proposal_accepted", "proposal_refused", "proposal_withdrawn", "proposal_expired", "copied", "moved"]);

type ListName = "open" | "offered" | "copies" | "ended";
const lists: readonly ListName[] = ["open", "offered", "copies", "ended"];

class AgentScreen extends View {
  private readonly tray = new TrayList();
  private readonly personal = new Settings((said) => {
    if (said) this.said = said;
    this.redraw();
  });
  private readonly dangers = new Dangers(this.personal.alarm);
  private total = 0;
  private counts: readonly Count[] = [];
  private delegations: readonly Delegation[] = [];
  private delegationsAsked_ms = 0;
  private offered: readonly Header[] = [];
  private copies: readonly Header[] = [];
  private ended: readonly Header[] = [];
  private shown: ListName = "open";
  private filter: Filter = everything;
  private text = "";
  private openId = "";
  private loaded = false;
  private loadedOf = ""; // the bannette that the list was asked for; "": all of mine
  private said = "";
  private taking = false;
  private takeKey = ""; // kept while nobody knows what became of it
  private refetch: ReturnType<typeof setTimeout> | undefined;
  private asked = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.listenTo(document, "keydown", (event) => this.key(event as KeyboardEvent));
    this.until(live.listen((message) => this.hear(message)));
    this.until(() => clearTimeout(this.refetch));
    this.until(() => this.personal.end());
    void this.load();
    void this.personal.load();
  }

  protected override updated(): void {
    const { colleagues } = this.personal;
    this.panel()?.tell({ people: this.people(), colleagues });
    this.absence()?.tell({ delegations: this.delegations, colleagues });
    session.alarm(this.tray.list().filter((header) => header.state === "waiting" && header.danger).length);
  }

  protected override render() {
    const list = this.listed();
    const all = this.tray.list();
    const waiting = all.filter((header) => header.state === "waiting").length;
    return html`<div class="agent ${this.openId ? "with-dossier" : ""}">
      <div class="screen-head">
        <h1 id="tray-title">${frUnit.title}</h1>
        <p class="quiet">${this.loaded ? frUnit.summary(waiting, this.total) : fr.loading}</p>
        ${this.settings()}
        <button type="button" class="button primary" aria-disabled=${this.taking ? "true" : nothing} @click=${this.takeNext}>
          ${frUnit.take} <kbd>F2</kbd>
        </button>
      </div>
      <p class="visually-hidden" role="alert">${this.dangers.announced}</p>
      <div role="status" class="said">${this.said ? html`<p class="notice">${this.said}</p>` : nothing}</div>
      ${session.user?.units.length === 0 ? html`<p class="notice warn">${frUnit.noUnits}</p>` : nothing}
      ${alertStrip(all.filter(unacknowledged), (id) => this.open(id))}
      ${this.standIns()}
      <div class="tools">${this.chips()} ${filterBar(this.filterView())}</div>
      <section class="tray" aria-labelledby="tray-title">
        ${this.loaded && list.length === 0 ? html`<p class="empty quiet">${this.emptyText()}</p>` : this.table(list)}
        ${this.shown === "open" && this.total > this.tray.size ? html`<p class="quiet">${frUnit.more(this.tray.size, this.total)}</p>` : nothing}
      </section>
      <section class="detail" aria-label=${frUnit.detail}>
        <bn-dossier @learned=${this.learned} @leave=${this.leave}></bn-dossier>
        ${this.openId ? nothing : html`<p class="quiet choose">${frUnit.dossier.choose}</p>${unitFigures(this.counts)}`}
      </section>
      <bn-absence @changed=${() => void this.load()}></bn-absence>
    </div>`;
  }

  private settings(): TemplateResult {
    const toggle = (label: string, hint: string, on: boolean, change: () => void): TemplateResult =>
      html`<button type="button" class="button chip" title=${hint} aria-pressed=${on ? "true" : "false"} @click=${change}>${label}</button>`;
    const { alarm } = this.personal;
    const words = frUnit.alarm;
    return html`<div class="chips settings" role="group" aria-label=${words.label}>
        ${toggle(words.sound, words.soundHint, alarm.sound, () => this.personal.toggleSound())} ${toggle(words.notices, words.noticesHint, alarm.notices, () => void this.personal.toggleNotices())}
      </div>
      <button type="button" class="button" @click=${() => this.absence()?.open()}>${frUnit.absence.button}</button>
      <button type="button" class="button" @click=${toggleHelp}>${frUnit.keys.open} <kbd>F1</kbd></button>`;
  }

  // For whom one acts at this moment.
  private standIns(): TemplateResult | typeof nothing {
    const [, ...away] = this.people();
    return away.length === 0 ? nothing : html`<p class="notice">${frUnit.standIns(away)}</p>`;
  }

  private chips(): TemplateResult {
    const sizes: Record<ListName, number> = { open: this.total, offered: this.offered.length, copies: this.copies.length, ended: this.ended.length };
    return html`<div class="chips lists" role="group" aria-label=${frUnit.lists.label}>
      ${lists.map((name) => html`<button type="button" class="button chip ${name === "offered" && sizes.offered > 0 ? "asks" : ""}"
            aria-pressed=${name === this.shown ? "true" : "false"} @click=${() => this.show(name)}>
          ${frUnit.lists[name]} <span class="count">${sizes[name]}</span>
        </button>`)}
    </div>`;
  }

  private table(list: readonly Header[]): TemplateResult {
    const names = [...new Set(list.map((header) => header.bannette))];
    return trayTable(list, {
      title: frUnit.lists[this.shown],
      openId: this.openId,
      people: this.people(),
      showBannette: names.length > 1 || this.shown !== "open",
      shortNames: new Set(names.map((name) => name.split("/")[0])).size < 2 && this.shown === "open",
      open: (id) => this.open(id),
    });
  }

  private emptyText(): string {
    return this.base().length > 0 ? frUnit.lists.filtered : frUnit.lists.empty[this.shown];
  }

  private people(): readonly string[] {
    return standsFor(session.user, this.delegations, now_ms());
  }

  // The list before the filter, and what of it is shown.
  private base(): readonly Header[] {
    return this.shown === "open" ? this.tray.list() : this[this.shown];
  }

  private listed(): readonly Header[] {
    const people = this.people();
    const now = now_ms();
    return this.base().filter((header) => passes(header, this.filter, people, now) && mentions(header, this.text));
  }

  private filterView(): Parameters<typeof filterBar>[0] {
    return {
      filter: this.filter,
      list: this.base(),
      bannettes: this.counts.map((count) => count.bannette),
      text: this.text,
      people: this.people(),
      now_ms: now_ms(),
      choose: (filter) => this.choose(filter),
      search: (text) => {
        this.text = text;
        this.redraw();
      },
      found: () => this.found(),
      views: viewBar({
        views: this.personal.preferences.views,
        filter: this.filter,
        choose: (filter) => this.choose(filter),
        keep: (views) => {
          void this.personal.prefer({ views });
          void this.focusOn(views.length > 0 ? "#filter-view" : "#filter-text");
        },
      }),
      cleared: () => void this.focusOn("#filter-text"),
    };
  }

  // The only one that is left; else the dossier of that reference, wherever it stands in one's bannettes.
  private found(): void {
    const [first, second] = this.listed();
    if (first && !second) this.open(first.id);
    else if (reference.test(this.text.trim())) this.open(this.text.trim().replace(/^(...)[ -]?(...)$/, "$1-$2").toUpperCase());
  }

  private choose(filter: Filter): void {
    const other = filter.bannette !== this.filter.bannette;
    this.filter = filter;
    this.redraw();
    if (other && (this.total > this.tray.size || this.loadedOf !== "")) void this.load();
  }

  private show(name: ListName): void {
    this.shown = name;
    this.redraw();
  }

  private hear(message: LiveMessage): void {
    if (message.type === "hello" || message.type === "resync") {
      void this.load().then(() => this.panel()?.refresh([...this.offered, ...this.copies].find(({ id }) => id === this.openId)));
    } else if (message.type === "tray") {
      this.panel()?.heard(message.header);
      this.learn(message.header);
      this.dangers.hear(message.header, message.change);
      if (redirects.has(message.change)) this.soon();
    } else if (message.type === "gone") {
      this.gone(message.id);
    } else if (message.type === "counts") {
      this.counts = message.items;
      // A delegation is no dossier's change: it is asked for again, now and then.
      if (now_ms() - this.delegationsAsked_ms > delegations_again_ms) this.soon();
      this.redraw();
    }
  }

  private learn(header: Header): void {
    const beyond = this.total - this.tray.size; // those that the page does not hold: the server knows which ones
    if (!this.tray.learn(header)) return;
    if (!isOpen(header)) this.ended = [header, ...this.ended.filter(({ id }) => id !== header.id)].slice(0, ended_kept);
    else this.ended = this.ended.filter(({ id }) => id !== header.id);
    this.total = this.tray.size + beyond;
    if (beyond > 0) this.soon();
    this.dangers.see(this.tray.list());
    this.redraw();
  }

  private gone(id: string): void {
    if (!this.tray.forget(id)) return;
    this.total = Math.max(0, this.total - 1);
    this.dangers.see(this.tray.list());
    if (id === this.openId) this.panel()?.refresh();
    this.redraw();
  }

  private soon(): void {
    this.refetch ??= setTimeout(() => void this.load(), refetch_pause_ms);
  }

  private async load(): Promise<void> {
    clearTimeout(this.refetch);
    this.refetch = undefined;
    const mine = ++this.asked;
    // Where not all fit into one page, the chosen bannette's own page is asked for.
    const one = this.total > this.tray.size || this.loadedOf !== "" ? this.filter.bannette : "";
    const [tray, counts] = await Promise.all([
      get<Tray>(`tray?limit=${page}${one ? `&bannette=${encodeURIComponent(one)}` : ""}`),
      get<Counts>("bannettes"),
    ]);
    if (mine !== this.asked) return;
    if (tray.ok) {
      this.loadedOf = one;
      this.tray.replace(tray.value.items);
      this.total = tray.value.total;
      this.offered = tray.value.offered;
      this.copies = tray.value.copies;
      this.loaded = true;
      this.dangers.see(this.tray.list());
    } else {
      this.said = explain(tray.problem);
    }
    if (counts.ok) {
      this.counts = counts.value.items;
      this.delegations = counts.value.delegations;
      this.delegationsAsked_ms = now_ms();
    }
    this.redraw();
  }

  private async takeNext(): Promise<void> {
    if (this.taking) return;
    this.taking = true;
    this.said = "";
    this.takeKey ||= uuid7();
    this.redraw();
    const { bannette } = this.filter;
    const answer = await post<Done>("take-next", bannette ? { bannettes: [bannette] } : {}, { key: this.takeKey });
    this.taking = false;
    if (answer.ok) {
      this.takeKey = "";
      this.learn(answer.value.header);
      this.said = frUnit.act.done.take(answer.value.header.reference);
      this.open(answer.value.header.id);
    } else {
      const unknown = unknownOutcome(answer.problem);
      if (!unknown) this.takeKey = "";
      const none = bannette ? frUnit.nothingHere : frUnit.nothing;
      this.said = unknown ? frUnit.dossier.unknown : answer.problem.code === "nothing_waiting" ? none : explain(answer.problem);
    }
    this.redraw();
  }

  private panel(): DossierPanel | null {
    return this.querySelector<DossierPanel>("bn-dossier");
  }

  private absence(): AbsenceDialog | null {
    return this.querySelector<AbsenceDialog>("bn-absence");
  }

  private open(id: string, act?: string): void {
    if (this.openId !== id) {
      this.openId = id;
      this.redraw();
    }
    void this.panel()?.open(id, act);
  }

  private leave(event: CustomEvent<string>): void {
    this.said = event.detail;
    this.shut();
  }

  private shut(): void {
    const id = this.openId;
    this.openId = "";
    this.panel()?.shut();
    this.redraw();
    void this.focusOn(`.row-button[data-id="${id}"]`).then(() => {
      if (!this.querySelector(".row-button:focus")) this.querySelector<HTMLElement>(".row-button, .screen-head .primary")?.focus();
    });
  }

  private learned(event: CustomEvent<Header>): void {
    const header = event.detail;
    if (this.openId && this.openId !== header.id) this.openId = header.id; // it was opened by its reference
    if (this.counts.some(({ bannette }) => bannette === header.bannette)) this.learn(header);
    if (header.proposal || this.offered.some(({ id }) => id === header.id)) this.soon();
    this.redraw();
  }

  private key(event: KeyboardEvent): void {
    if (event.defaultPrevented) return;
    const name = keyName(event);
    const { target } = event;
    const inDialog = target instanceof HTMLElement && target.closest("dialog") !== null;
    if (name === "F1") toggleHelp();
    else if (inDialog || !this.handle(name, target)) return;
    event.preventDefault();
  }

  // False: not a key of this screen.
  private handle(name: string, target: EventTarget | null): boolean {
    const row = target instanceof HTMLElement ? (target.closest<HTMLElement>(".row-button")?.dataset["id"] ?? "") : "";
    const field = target instanceof HTMLElement && target.closest("input, textarea, select, table") !== null;
    // Escape must not throw typed text away, and empties a search first.
    const writing = (target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === "search")) && target.value.trim() !== "";
    if (name === "F2") void this.takeNext();
    else if (name === "F3") void this.focusOn("#filter-text");
    else if ((name === "F8" || name === "F9") && row && row !== this.openId) this.open(row, name); // this one, chosen in the list
    else if (this.panel()?.key(name)) return true;
    else if (name === "Escape" && this.openId && !writing) this.shut();
    else if ((name === "ArrowDown" || name === "ArrowUp") && !field && !this.openId) stepRow(this, 0);
    else return false;
    return true;
  }
}
customElements.define("bn-agent", AgentScreen);
