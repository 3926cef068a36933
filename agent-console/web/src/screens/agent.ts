// The agent's screen: the bannette's list, live, and the open dossier beside it; where none is open, the unit's figures.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { post, unknownOutcome } from "../api.js";
import { now_ms, paperMoment } from "../clock.js";
import { Dangers } from "../dangers.js";
import { everything, passes } from "../filter.js";
import type { Filter } from "../filter.js";
import { commonWords } from "#words/common.js";
import { unitWords } from "#words/unit.js";
import { uuid7 } from "../ids.js";
import { listNames, Lists } from "../lists.js";
import type { ListName } from "../lists.js";
import { live } from "../live.js";
import type { AbsenceDialog } from "../parts/absence.js";
import "../parts/absence.js";
import { alarmChoice } from "../parts/alarm_choice.js";
import { alertStrip } from "../parts/alert.js";
import { confirm } from "../parts/confirm.js";
import type { DossierPanel } from "../parts/dossier.js";
import "../parts/dossier.js";
import { filterBar, mentions } from "../parts/filters.js";
import { toggleHelp } from "../parts/help.js";
import { stepRow, trayTable } from "../parts/tray_table.js";
import { unitFigures } from "../parts/unit_figures.js";
import { viewBar } from "../parts/views.js";
import { standsFor, unacknowledged } from "../rights.js";
import { session } from "../session.js";
import { Settings } from "../settings.js";
import type { Done, Header, LiveMessage } from "../types.js";
import { explain, keyName, View } from "../view.js";
import { written } from "../written.js";

const reference = /^[0-9a-z]{3}[ -]?[0-9a-z]{3}$/i;
const redirects = new Set(["proposed", "proposal_accepted", "proposal_refused", "proposal_withdrawn", "proposal_expired", "copied", "moved"]);

class AgentScreen extends View {
  private readonly lists = new Lists(() => this.redraw(), () => this.dangers.see(this.lists.all.list(), this.lists.dangers));
  private readonly personal = new Settings((said) => {
    if (said) this.said = said;
    this.redraw();
  });
  private readonly dangers = new Dangers(this.personal.alarm);
  private shown: ListName = "open";
  private filter: Filter = everything;
  private text = "";
  private openId = "";
  private said = "";
  private taking = false;
  private takeKey = ""; // kept while nobody knows what became of it

  override connectedCallback(): void {
    super.connectedCallback();
    this.listenTo(document, "keydown", (event) => this.key(event as KeyboardEvent));
    this.until(live.listen((message) => this.hear(message)));
    this.until(() => this.lists.end());
    this.until(() => this.personal.end());
    written.of(session.user?.name ?? "").protect(() => confirm(unitWords.leaving));
    void this.lists.load();
    void this.personal.load();
    void this.personal.loadColleagues();
  }

  protected override updated(): void {
    const { colleagues } = this.personal;
    this.panel()?.tell({ people: this.people(), colleagues });
    this.absence()?.tell({ delegations: this.lists.delegations, colleagues: colleagues.map(({ name }) => name) });
    session.alarm(this.lists.all.list().filter((header) => header.state === "waiting" && header.danger).length);
  }

  protected override render() {
    const { lists } = this;
    const all = lists.all.list();
    const waiting = all.filter((header) => header.state === "waiting").length;
    return html`<div class="agent ${this.openId ? "with-dossier" : ""}">
      <div class="screen-head">
        <h1 id="tray-title">${unitWords.title}</h1>
        <p class="quiet">${lists.loaded ? unitWords.summary(waiting, lists.all.total) : commonWords.loading} ${this.closed()}</p>
        ${alarmChoice(this.personal)}
        <button type="button" class="button" @click=${() => this.absence()?.open()}>${unitWords.absence.button}</button>
        <button type="button" class="button" @click=${toggleHelp}>${unitWords.keys.open} <kbd>F1</kbd></button>
        <button type="button" class="button primary" aria-disabled=${this.taking ? "true" : nothing} @click=${this.takeNext}>
          ${unitWords.take} <kbd>F2</kbd>
        </button>
      </div>
      <p class="visually-hidden" role="alert">${this.dangers.announced}</p>
      <div role="alert">${lists.failed ? html`<p class="notice error">${lists.failed}</p>` : nothing}</div>
      <div role="status" class="said">${this.said ? html`<p class="notice">${this.said}</p>` : nothing}</div>
      ${session.user?.units.length === 0 ? html`<p class="notice warn">${unitWords.noUnits}</p>` : nothing}
      ${alertStrip(all.filter(unacknowledged), lists.dangers, (id) => this.open(id))}
      ${this.standIns()}
      <div class="tools">${this.chips()} ${filterBar(this.filterView())}</div>
      <section class="tray" aria-labelledby="tray-title">${this.listView()}</section>
      <section class="detail" aria-label=${unitWords.detail}>
        <bn-dossier @learned=${this.learned} @changed=${this.changedElsewhere} @told=${this.told} @leave=${this.leave}></bn-dossier>
        ${this.openId ? nothing : html`<p class="quiet choose">${unitWords.dossier.choose}</p>${unitFigures(lists.counts)}`}
      </section>
      <bn-absence @changed=${() => void lists.load()}></bn-absence>
    </div>`;
  }

  // How many wait that one may not read.
  private closed(): string {
    if (session.user?.role !== "agent" || session.user.restricted) return "";
    const confidential = this.lists.counts.reduce((sum, { restricted }) => sum + restricted, 0);
    return confidential === 0 ? "" : unitWords.confidential(confidential);
  }

  private listView(): TemplateResult {
    const list = this.listed();
    const { ended } = this.lists;
    const over = this.shown === "ended";
    const known = over ? ended.loaded : this.lists.loaded;
    const page = this.lists.page();
    return html`${known && list.length === 0 ? html`<p class="empty quiet">${this.emptyText()}</p>` : this.table(list)}
      ${this.shown === "open" && page.beyond > 0 ? html`<p class="quiet">${unitWords.more(page.size, page.total, page !== this.lists.all)}</p>` : nothing}
      ${over && ended.failed ? html`<p class="notice error" role="alert">${ended.failed}</p>` : nothing}
      ${over && ended.loaded ? this.endedFoot() : nothing}`;
  }

  // How far back it was looked: words only among what was read, codes over everything.
  private endedFoot(): TemplateResult | typeof nothing {
    const { ended } = this.lists;
    const words = this.text !== "" || this.filter.standing !== "";
    const oldest = ended.items.at(-1)?.arrived;
    if (!ended.more && !ended.full) return nothing;
    return html`<p class="quiet ended-foot">${unitWords.lists.looked(ended.items.length, oldest ? paperMoment(oldest) : "", words)}
      ${ended.full ? unitWords.lists.full : html`<button type="button" class="button" aria-disabled=${ended.busy ? "true" : nothing} @click=${() => void ended.older(this.wanted())}>${words ? unitWords.lists.further : unitWords.lists.older}</button>`}</p>`;
  }

  // For whom one acts at this moment.
  private standIns(): TemplateResult | typeof nothing {
    const [, ...away] = this.people();
    return away.length === 0 ? nothing : html`<p class="notice">${unitWords.standIns(away)}</p>`;
  }

  private chips(): TemplateResult {
    const { all, offered, copies, ended } = this.lists;
    const sizes: Record<ListName, string> = {
      open: String(all.total), offered: String(offered.length), copies: String(copies.length),
      ended: ended.loaded ? `${ended.items.length}${ended.more || ended.full ? "+" : ""}` : "",
    };
    return html`<div class="chips lists" role="group" aria-label=${unitWords.lists.label}>
      ${listNames.map((name) => html`<button type="button" class="button chip ${name === "offered" && offered.length > 0 ? "asks" : ""}"
            aria-pressed=${name === this.shown ? "true" : "false"} @click=${() => this.show(name)}>
          ${unitWords.lists[name]} ${sizes[name] ? html`<span class="count">${sizes[name]}</span>` : nothing}
        </button>`)}
    </div>`;
  }

  private table(list: readonly Header[]): TemplateResult {
    const names = [...new Set(list.map((header) => header.bannette))];
    return trayTable(list, {
      title: unitWords.lists[this.shown],
      openId: this.openId,
      people: this.people(),
      showBannette: names.length > 1 || this.shown !== "open",
      shortNames: new Set(names.map((name) => name.split("/")[0])).size < 2 && (this.shown === "open" || this.shown === "ended"),
      open: (id) => this.open(id),
    });
  }

  private emptyText(): string {
    return this.lists.of(this.shown).length > 0 ? unitWords.lists.filtered : unitWords.lists.empty[this.shown];
  }

  private people(): readonly string[] {
    return standsFor(session.user, this.lists.delegations, now_ms());
  }

  private listed(): readonly Header[] {
    return this.lists.of(this.shown).filter(this.wanted());
  }

  private wanted(): (header: Header) => boolean {
    const { filter, text } = this;
    const people = this.people();
    const now = now_ms();
    return (header) => passes(header, filter, people, now) && mentions(header, text);
  }

  private filterView(): Parameters<typeof filterBar>[0] {
    return {
      filter: this.filter,
      list: this.lists.of(this.shown),
      bannettes: this.lists.counts.map((count) => count.bannette),
      over: this.shown === "ended" ? this.lists.communes() : undefined,
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
    this.filter = filter;
    this.lists.choose(filter);
    this.redraw();
  }

  private show(name: ListName): void {
    this.shown = name;
    if (name === "ended") this.lists.showEnded();
    this.redraw();
  }

  private hear(message: LiveMessage): void {
    const { lists } = this;
    if (message.type === "hello" || message.type === "resync") {
      void lists.load().then(() => this.panel()?.refresh([...lists.offered, ...lists.copies].find(({ id }) => id === this.openId)));
    } else if (message.type === "tray") {
      this.panel()?.heard(message.header);
      lists.learn(message.header);
      this.dangers.hear(message.header, message.change);
      if (redirects.has(message.change)) lists.soon();
    } else if (message.type === "gone") {
      if (lists.forget(message.id) && message.id === this.openId) this.panel()?.refresh();
    } else if (message.type === "counts") {
      lists.count(message.items);
    }
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
      this.lists.learn(answer.value.header);
      this.said = unitWords.act.done.take(answer.value.header.reference);
      this.open(answer.value.header.id);
    } else {
      const unknown = unknownOutcome(answer.problem);
      if (!unknown) this.takeKey = "";
      const none = bannette ? unitWords.nothingHere : unitWords.nothing;
      this.said = unknown ? unitWords.dossier.unknown : answer.problem.code === "nothing_waiting" ? none : explain(answer.problem);
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

  // The answer to what was asked for a dossier that is not on the screen any more.
  private told(event: CustomEvent<string>): void {
    this.said = event.detail;
    this.redraw();
  }

  private changedElsewhere(event: CustomEvent<Header>): void {
    if (this.lists.mine(event.detail)) this.lists.learn(event.detail);
    this.lists.soon();
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
    if (this.lists.mine(header)) this.lists.learn(header);
    if (header.proposal || this.lists.offered.some(({ id }) => id === header.id)) this.lists.soon();
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
