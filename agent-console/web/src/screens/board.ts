// The supervisor's board: what waits where, live, the most worrying first. Never content.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { get } from "../api.js";
import { duration, heardServerTime } from "../clock.js";
import { fr } from "../fr.js";
import { live } from "../live.js";
import { ago, climbBadge, dangerBadge, dangerMark, due, stateBadge, urgencyBadge } from "../parts/badges.js";
import { session } from "../session.js";
import { TrayList } from "../tray.js";
import type { Count, Counts, Header, LiveMessage, SlowConsumer, Tray } from "../types.js";
import { explain, View } from "../view.js";

const page = 100;

// Danger before lateness before age: what cannot wait comes first.
function worstFirst(a: Count, b: Count): number {
  return (
    b.unacknowledged - a.unacknowledged ||
    b.danger - a.danger ||
    Number(b.unattended) - Number(a.unattended) ||
    b.late - a.late ||
    (a.oldest_waiting ?? "9").localeCompare(b.oldest_waiting ?? "9") ||
    b.waiting - a.waiting ||
    b.reserved + b.in_progress - a.reserved - a.in_progress ||
    a.label.localeCompare(b.label, "fr")
  );
}

const isQuiet = (count: Count): boolean => count.waiting + count.reserved + count.in_progress + count.on_hold + count.offered === 0;
const wait = (seconds: number | null): string => (seconds === null ? fr.none : duration(seconds));

class BoardScreen extends View {
  private counts: Count[] = [];
  private slow: SlowConsumer[] = [];
  private at = "";
  private failed = "";
  private showQuiet = false;
  private chosen = "";
  private readonly tray = new TrayList();
  private trayFailed = "";
  private asked = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.until(live.listen((message) => this.hear(message)));
    void this.load();
  }

  protected override updated(): void {
    session.alarm(this.counts.reduce((sum, count) => sum + count.danger, 0));
  }

  protected override render() {
    const readOnly = session.user?.role === "admin" || session.user?.role === "auditor";
    return html`<div class="board">
      <div class="screen-head">
        <h1>${fr.board.title}</h1>
        ${readOnly ? html`<span class="badge">${fr.board.readOnly}</span>` : nothing}
        ${this.at ? html`<p class="quiet">${fr.board.asOf} ${ago(this.at)}</p>` : nothing}
      </div>
      <div role="alert">${this.failed ? html`<p class="notice error">${this.failed}</p>` : nothing}</div>
      ${this.at || !this.failed ? html`${this.totals()} ${this.table()} ${this.slowView()}` : nothing} ${this.chosen ? this.trayView() : nothing} ${this.definitions()}
    </div>`;
  }

  private totals(): TemplateResult {
    const sum = (pick: (count: Count) => number): number => this.counts.reduce((total, count) => total + pick(count), 0);
    const shown = (value: number): number | string => (this.at ? value : fr.none); // not known is not zero
    const oldest = this.counts.map((count) => count.oldest_waiting).filter((at) => at !== null).sort()[0];
    const tile = (label: string, value: unknown, define: string, mark = ""): TemplateResult =>
      html`<div class="tile ${mark}" title=${define}><dt>${label}</dt><dd>${value}</dd></div>`;
    const danger = sum((count) => count.danger);
    const late = sum((count) => count.late);
    const unacknowledged = sum((count) => count.unacknowledged);
    const unattended = sum((count) => Number(count.unattended));
    return html`<section aria-labelledby="totals-title">
      <h2 id="totals-title" class="visually-hidden">${fr.board.totals}</h2>
      <dl class="tiles">
        ${tile(fr.board.danger, shown(danger), fr.board.define.danger, danger > 0 ? "alarm" : "")}
        ${tile(fr.board.unacknowledged, shown(unacknowledged), fr.board.define.unacknowledged, unacknowledged > 0 ? "alarm" : "")}
        ${tile(fr.board.unattended, shown(unattended), fr.board.define.unattended, unattended > 0 ? "alarm" : "")}
        ${tile(fr.board.late, shown(late), fr.board.define.late, late > 0 ? "warn" : "")}
        ${tile(fr.board.waiting, shown(sum((count) => count.waiting)), fr.board.define.waiting)}
        ${tile(fr.board.oldest, oldest ? ago(oldest) : fr.none, fr.board.define.oldest)}
        ${tile(fr.board.reserved, shown(sum((count) => count.reserved)), fr.board.define.reserved)}
        ${tile(fr.board.inProgress, shown(sum((count) => count.in_progress)), fr.board.define.inProgress)}
        ${tile(fr.board.taken, shown(sum((count) => count.taken)), fr.board.define.taken)}
      </dl>
    </section>`;
  }

  private table(): TemplateResult {
    const sorted = [...this.counts].sort(worstFirst);
    const quiet = sorted.filter(isQuiet).length;
    const shown = this.showQuiet ? sorted : sorted.filter((count) => !isQuiet(count) || count.bannette === this.chosen);
    const head = (label: string, define: string): TemplateResult => html`<th role="columnheader" scope="col" class="n" title=${define}>${label}</th>`;
    const define = fr.board.define;
    return html`<section aria-labelledby="table-title">
      <h2 id="table-title">${fr.board.table}</h2>
      ${shown.length === 0
        ? html`<p class="quiet empty">${this.at ? fr.board.allQuiet : fr.loading}</p>`
        : html`<table class="figures" role="table" aria-labelledby="table-title">
            <thead role="rowgroup">
              <tr role="row">
                <th role="columnheader" scope="col">${fr.board.bannette}</th>
                ${head(fr.board.danger, define.danger)} ${head(fr.board.late, define.late)} ${head(fr.board.waiting, define.waiting)}
                ${head(fr.board.oldest, define.oldest)} ${head(fr.board.median, define.median)} ${head(fr.board.max, define.max)}
                ${head(fr.board.reserved, define.reserved)} ${head(fr.board.inProgress, define.inProgress)} ${head(fr.board.onHold, define.onHold)}
                ${head(fr.board.offered, define.offered)} ${head(fr.board.taken, define.taken)}
              </tr>
            </thead>
            <tbody role="rowgroup">${repeat(shown, (count) => count.bannette, (count) => this.row(count))}</tbody>
          </table>`}
      ${quiet > 0
        ? html`<label class="check"><input type="checkbox" .checked=${this.showQuiet} @change=${this.toggleQuiet} /> ${fr.board.quiet(quiet)}</label>`
        : nothing}
    </section>`;
  }

  private row(count: Count): TemplateResult {
    const cell = (label: string, value: unknown, mark = ""): TemplateResult =>
      html`<td role="cell" class="n ${mark}"><span class="cell-label" aria-hidden="true">${label}</span>${value}</td>`;
    const open = count.bannette === this.chosen;
    return html`<tr role="row" class=${open ? "is-open" : ""}>
      <th role="rowheader" scope="row">
        <button type="button" class="row-button" aria-expanded=${open ? "true" : "false"} title=${fr.board.open(count.label)} @click=${() => this.choose(count.bannette)}>
          ${count.label}
        </button>
        ${count.unattended ? html`<span class="badge unattended">${fr.board.unattendedMark}</span>` : nothing}
      </th>
      ${cell(fr.board.danger, this.dangers(count), count.danger + count.unacknowledged > 0 ? "alarm" : "zero")}
      ${cell(fr.board.late, count.late, count.late > 0 ? "warn" : "zero")} ${cell(fr.board.waiting, count.waiting, count.waiting > 0 ? "" : "zero")}
      ${cell(fr.board.oldest, count.oldest_waiting ? ago(count.oldest_waiting) : fr.none)} ${cell(fr.board.median, wait(count.wait_median_s))}
      ${cell(fr.board.max, wait(count.wait_max_s))} ${cell(fr.board.reserved, count.reserved, count.reserved > 0 ? "" : "zero")}
      ${cell(fr.board.inProgress, count.in_progress, count.in_progress > 0 ? "" : "zero")} ${cell(fr.board.onHold, count.on_hold, count.on_hold > 0 ? "" : "zero")}
      ${cell(fr.board.offered, count.offered, count.offered > 0 ? "" : "zero")} ${cell(fr.board.taken, count.taken, count.taken > 0 ? "" : "zero")}
    </tr>`;
  }

  // Those in danger that somebody has taken in hand are not counted here any more, but may still climb.
  private dangers(count: Count): unknown {
    if (count.danger + count.unacknowledged === 0) return 0;
    const open = count.unacknowledged > 0 ? html`<span class="under">${fr.board.notAcknowledged(count.unacknowledged)}</span>` : nothing;
    return html`${dangerMark} ${count.danger} ${open}`;
  }

  private slowView(): TemplateResult | typeof nothing {
    if (this.slow.length === 0) return nothing;
    return html`<section class="slow" aria-labelledby="slow-title">
      <h2 id="slow-title">${fr.board.slow}</h2>
      <p class="quiet">${fr.board.slowText}</p>
      <ul class="found">
        ${this.slow.map(
          (one) => html`<li class="found-item header-line">
            <span class="grow"><strong>${one.principal}</strong> <span class="quiet">${one.program}</span></span>
            <span>${fr.board.missed(one.missed)} <span class="quiet">${fr.board.since} ${ago(one.since)}</span></span>
          </li>`,
        )}
      </ul>
    </section>`;
  }

  private trayView(): TemplateResult {
    const label = session.bannette(this.chosen);
    const list = this.tray.list();
    return html`<section class="card tray-headers" aria-labelledby="headers-title">
      <h2 id="headers-title" tabindex="-1">${fr.board.tray(label)}</h2>
      <p class="quiet">${fr.board.trayPrivacy}</p>
      ${this.trayFailed ? html`<p class="notice error">${this.trayFailed}</p>` : nothing}
      ${list.length === 0 ? html`<p class="quiet">${fr.board.trayEmpty}</p>` : html`<ul class="found">${repeat(list, (header) => header.id, (header) => this.header(header))}</ul>`}
    </section>`;
  }

  private header(header: Header): TemplateResult {
    return html`<li class="found-item header-line">
      <span class="marks">${urgencyBadge(header.urgency)} ${dangerBadge(header.danger)} ${climbBadge(header)}</span>
      <span class="grow"><strong class="reference">${header.reference}</strong> ${session.topic(header.topic)} <span class="quiet">${header.commune}</span></span>
      <span>${due(header)} <span class="quiet">${fr.agent.age} ${ago(header.arrived)}</span></span>
      <span>${stateBadge(header.state)} ${header.holder ? fr.agent.by(header.holder) : nothing}</span>
    </li>`;
  }

  private definitions(): TemplateResult {
    const { define } = fr.board;
    const pairs: [string, string][] = [
      [fr.board.danger, define.danger],
      [fr.board.unacknowledged, define.unacknowledged],
      [fr.board.unattended, define.unattended],
      [fr.board.late, define.late],
      [fr.board.waiting, define.waiting],
      [fr.board.oldest, define.oldest],
      [fr.board.median, define.median],
      [fr.board.max, define.max],
      [fr.board.reserved, define.reserved],
      [fr.board.inProgress, define.inProgress],
      [fr.board.onHold, define.onHold],
      [fr.board.offered, define.offered],
      [fr.board.taken, define.taken],
    ];
    return html`<section class="definitions" aria-labelledby="define-title">
      <h2 id="define-title">${fr.board.definitions}</h2>
      <dl>${pairs.map(([term, text]) => html`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl>
    </section>`;
  }

  private hear(message: LiveMessage): void {
    if (message.type === "hello" || message.type === "resync") {
      void this.load();
      if (this.chosen) void this.loadTray();
    } else if (message.type === "counts") {
      this.counts = message.items;
      this.slow = message.slow ?? [];
      this.at = message.at;
      this.redraw();
    } else if (message.type === "tray" && this.learn(message.header)) {
      this.redraw();
    }
  }

  // What went to another bannette leaves the open list.
  private learn(header: Header): boolean {
    return header.bannette === this.chosen ? this.tray.learn(header) : this.tray.forget(header.id);
  }

  private async load(): Promise<void> {
    const answer = await get<Counts>("bannettes");
    if (answer.ok) {
      heardServerTime(answer.value.at);
      this.counts = answer.value.items;
      this.slow = answer.value.slow;
      this.at = answer.value.at;
    }
    this.failed = answer.ok ? "" : explain(answer.problem);
    this.redraw();
  }

  private toggleQuiet(event: Event): void {
    this.showQuiet = (event.target as HTMLInputElement).checked;
    this.redraw();
  }

  private choose(bannette: string): void {
    this.chosen = this.chosen === bannette ? "" : bannette;
    this.tray.replace([]);
    this.trayFailed = "";
    this.redraw();
    if (this.chosen) void this.loadTray().then(() => this.focusOn("#headers-title"));
  }

  private async loadTray(): Promise<void> {
    const mine = ++this.asked;
    const answer = await get<Tray>(`tray?bannette=${encodeURIComponent(this.chosen)}&limit=${page}`);
    if (mine !== this.asked) return;
    if (answer.ok) this.tray.replace(answer.value.items);
    this.trayFailed = answer.ok ? "" : explain(answer.problem);
    this.redraw();
  }
}
customElements.define("bn-board", BoardScreen);
