// The supervisor's board: what waits where, live, the most worrying first; what only a supervisor decides. Never content.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { get, post } from "../api.js";
import { now_ms } from "../clock.js";
import { commonWords } from "#words/common.js";
import { boardWords } from "#words/board.js";
import { unitWords } from "#words/unit.js";
import { uuid7 } from "../ids.js";
import { live } from "../live.js";
import "../board/chart.js";
import "../board/arbitration.js";
import "../board/calls_report.js";
import "../board/reports.js";
import type { Arbitration } from "../board/arbitration.js";
import type { Chart } from "../board/chart.js";
import { escalationsView } from "../board/escalations.js";
import { Facts } from "../board/facts.js";
import { lateView } from "../board/late.js";
import { forecast } from "../board/lateness.js";
import { headerLine } from "../board/header_line.js";
import { lineView } from "../board/line.js";
import "../board/look.js";
import type { Look } from "../board/look.js";
import "../board/reads.js";
import { definitionsView, slowView, totalsView } from "../board/totals.js";
import { traysTable } from "../board/trays_table.js";
import { wallView } from "../board/wall.js";
import { alarmChoice } from "../parts/alarm_choice.js";
import { ago } from "../parts/badges.js";
import { toggleKeys } from "../parts/key_help.js";
import { confirm } from "../parts/confirm.js";
import { Dangers } from "../dangers.js";
import { session } from "../session.js";
import { Settings } from "../settings.js";
import { TrayList } from "../tray.js";
import type { Done, Header, LiveMessage, Tray } from "../types.js";
import { explain, keyName, View } from "../view.js";
import { written } from "../written.js";

const page = 100;
const views = ["now", "arbitration", "reports", "reads"] as const;
type ViewName = (typeof views)[number];
const keys: Record<string, ViewName> = { F2: "now", F3: "arbitration", F4: "reports", F7: "reads" };
const wall_query = "mur"; // in the address, so that a screen on a wall finds itself again

class BoardScreen extends View {
  private readonly facts = new Facts(() => this.redraw(), (message) => this.hear(message));
  private view: ViewName = "now";
  private wall = new URLSearchParams(location.search).has(wall_query);
  private showQuiet = false;
  private chosen = "";
  private readonly tray = new TrayList();
  private trayFailed = "";
  private asked = 0;
  private readonly personal = new Settings((said) => {
    if (said) this.said = said;
    this.redraw();
  });
  private readonly dangers = new Dangers(this.personal.alarm);
  private acknowledging = "";
  private wrong = "";
  private said = ""; // to those who listen: dangers and breaches

  override connectedCallback(): void {
    super.connectedCallback();
    this.facts.start();
    this.until(() => this.facts.stop());
    session.activity.onWall(this.wall);
    this.until(() => session.activity.onWall(false));
    this.listenTo(document, "keydown", (event) => this.key(event as KeyboardEvent));
    this.listenTo(session, "change", () => this.redraw());
    this.listenTo(document, "fullscreenchange", () => !document.fullscreenElement && this.setWall(false));
    this.until(() => document.documentElement.classList.remove("on-wall"));
    this.until(() => this.personal.end());
    written.of(session.user?.name ?? "").protect(() => confirm(unitWords.leaving));
    void this.personal.load();
    if (this.facts.decides) void this.personal.loadColleagues();
  }

  protected override updated(): void {
    const { facts } = this;
    document.documentElement.classList.toggle("on-wall", this.wall);
    if (facts.at) this.dangers.see(facts.dangers(), facts.openDangers);
    session.alarm(facts.counts.reduce((sum, count) => sum + count.danger, 0));
    this.querySelector<Arbitration>("bn-arbitration")?.tell({ headers: facts.unresolved(), colleagues: this.personal.colleagues, outbox: facts.outbox } as Partial<Arbitration>);
    const points = facts.hours.points();
    const times = points.map(({ at }) => Date.parse(at));
    const { curves, line } = boardWords;
    this.querySelector<Chart>("#chart-dossiers")?.tell({ label: curves.dossiers, times, curves: [
      { label: curves.waiting, colour: "accent", values: points.map(({ waiting }) => waiting) },
      { label: curves.late, colour: "danger", values: points.map(({ late }) => late) },
    ] } as Partial<Chart>);
    this.querySelector<Chart>("#chart-calls")?.tell({ label: curves.calls, times, curves: [{ label: line.callers, colour: "accent", values: points.map(({ callers }) => callers) }] } as Partial<Chart>);
  }

  protected override render() {
    if (this.wall) return wallView(this.facts, live.line === "lost" || !live.queueUp, () => this.setWall(false));
    const readOnly = session.user?.role === "admin" || session.user?.role === "auditor";
    const { at, failed } = this.facts;
    return html`<div class="board" @look=${(event: CustomEvent<Header>) => void this.querySelector<Look>("bn-look")?.open(event.detail)}>
      <div class="screen-head">
        <h1>${commonWords.board.title}</h1>
        ${this.navigation()} ${readOnly ? html`<span class="badge">${commonWords.board.readOnly}</span>` : nothing}
        ${at ? html`<p class="quiet">${commonWords.board.asOf} ${ago(at)}</p>` : nothing}
        ${alarmChoice(this.personal)}
        <button type="button" class="button" id="open-wall" @click=${() => this.setWall(true)}>${boardWords.wall.open} <kbd>F8</kbd></button>
      </div>
      <p class="visually-hidden" role="status">${this.said}</p>
      <div role="alert">${failed ? html`<p class="notice error">${failed}</p>` : nothing}${this.wrong ? html`<p class="notice error">${this.wrong}</p>` : nothing}</div>
      <bn-look></bn-look>
      ${this.body(at !== "" || !failed)}
      <p class="keys">${boardWords.keys(this.facts.decides, this.facts.watches)}</p>
    </div>`;
  }

  private navigation(): TemplateResult {
    const counts: Record<ViewName, number> = { now: 0, arbitration: this.facts.unresolved().length, reports: 0, reads: 0 };
    return html`<div class="chips views" role="group" aria-label=${boardWords.views.label}>
      ${this.views().map((name) => html`<button type="button" class="button chip" aria-pressed=${String(name === this.view)} data-view=${name} @click=${() => this.show(name)}>
        ${boardWords.views[name]}${counts[name] > 0 ? html` <span class="count">${counts[name]}</span>` : nothing}</button>`)}
    </div>`;
  }

  private views(): readonly ViewName[] {
    const { decides, watches } = this.facts;
    return views.filter((name) => (name !== "arbitration" || decides) && (name !== "reads" || watches));
  }

  private body(known: boolean): TemplateResult | typeof nothing {
    if (this.view === "arbitration") return html`<bn-arbitration @learned=${this.learned}></bn-arbitration>`;
    if (this.view === "reports") return html`<bn-reports></bn-reports>${this.facts.calls?.telephony ? html`<bn-calls-report></bn-calls-report>` : nothing}`;
    if (this.view === "reads") return html`<bn-reads></bn-reads>`;
    return known ? this.nowView() : nothing;
  }

  private nowView(): TemplateResult {
    const { facts } = this;
    const headers = facts.headers();
    const dangers = facts.dangers();
    const open = facts.openDangers > 0;
    return html`${open ? this.escalations(dangers) : nothing}
      ${totalsView(facts)}
      ${facts.decides ? lineView(facts.calls, facts.waits) : nothing}
      <div class="board-columns">
        <section aria-labelledby="curves-title">
          <h2 id="curves-title">${boardWords.curves.title}</h2>
          <bn-chart id="chart-dossiers"></bn-chart>
          ${facts.calls?.telephony ? html`<bn-chart id="chart-calls"></bn-chart>` : nothing}
        </section>
        ${lateView(forecast(headers, facts.paces(), now_ms()), headers.length, facts.total)}
      </div>
      ${traysTable({
        counts: facts.counts,
        shares: facts.shares,
        known: facts.at !== "",
        quiet: this.showQuiet,
        chosen: this.chosen,
        choose: (bannette) => this.choose(bannette),
        toggle: (event) => this.toggleQuiet(event),
      })}
      ${this.chosen ? this.trayView() : nothing} ${!open && facts.watches ? this.escalations(dangers) : nothing} ${slowView(facts)} ${definitionsView()}`;
  }

  private escalations(dangers: readonly Header[]): TemplateResult {
    return escalationsView({ dangers, counted: this.facts.openDangers, events: this.facts.events, busy: this.acknowledging, acknowledge: this.facts.decides ? (header) => void this.acknowledge(header) : undefined });
  }

  private trayView(): TemplateResult {
    const list = this.tray.list();
    return html`<section class="card tray-headers" aria-labelledby="headers-title">
      <h2 id="headers-title" tabindex="-1">${commonWords.board.tray(session.bannette(this.chosen))}</h2>
      <p class="quiet">${commonWords.board.trayPrivacy}</p>
      ${this.trayFailed ? html`<p class="notice error">${this.trayFailed}</p>` : nothing}
      ${list.length === 0 ? html`<p class="quiet">${commonWords.board.trayEmpty}</p>` : html`<ul class="found">${repeat(list, (header) => header.id, headerLine)}</ul>`}
    </section>`;
  }

  private hear(message: LiveMessage): void {
    if (message.type === "hello" || message.type === "resync") {
      if (this.chosen) void this.loadTray();
    } else if (message.type === "tray") {
      const { header, change } = message;
      this.learn(header);
      const label = session.bannette(header.bannette);
      this.dangers.hear(header, change);
      if (change === "submitted" && header.danger) this.said = boardWords.said.danger(header.reference, label);
      else if (change === "escalated") this.said = boardWords.said.climbed(header.reference, label);
      else if (change === "breached") this.said = boardWords.said.breached(header.reference, label);
    }
  }

  // What went to another bannette leaves the open list.
  private learn(header: Header): void {
    if (header.bannette === this.chosen) this.tray.learn(header);
    else this.tray.forget(header.id);
  }

  private learned(event: CustomEvent<Header>): void {
    this.facts.learn(event.detail);
    this.learn(event.detail);
    this.redraw();
  }

  private key(event: KeyboardEvent): void {
    const name = keyName(event);
    if (name !== "F1" && event.target instanceof Element && event.target.closest("dialog")) return;
    const view = keys[name];
    const form = this.querySelector<Arbitration>("bn-arbitration");
    if (name === "F1") toggleKeys(boardWords.help(this.facts.decides, this.facts.watches));
    else if (name === "F8") this.setWall(!this.wall);
    else if (name === "Escape" && this.wall) this.setWall(false);
    else if (name === "Escape" && form?.escape()) void 0;
    else if (name === "Escape" && this.chosen && this.view === "now") this.choose(this.chosen);
    else if (name === "Ctrl+Enter" && form) form.send();
    else if (view && this.views().includes(view) && !this.wall) this.show(view);
    else return;
    event.preventDefault();
  }

  private show(view: ViewName): void {
    this.view = view;
    this.wrong = "";
    this.redraw();
    void this.focusOn(`[data-view="${view}"]`);
  }

  // Also without the whole screen, where the browser or the person does not allow that.
  private setWall(on: boolean): void {
    if (this.wall === on) return;
    this.wall = on;
    session.activity.onWall(on);
    history.replaceState(null, "", `${location.pathname}${on ? `?${wall_query}` : ""}${location.hash}`);
    if (on) void document.documentElement.requestFullscreen?.().catch(() => {});
    else if (document.fullscreenElement) void document.exitFullscreen();
    this.redraw();
    void this.focusOn(on ? ".wall-head .button" : "#open-wall");
  }

  private async acknowledge(header: Header): Promise<void> {
    if (this.acknowledging) return;
    this.acknowledging = header.id;
    this.wrong = "";
    this.redraw();
    const answer = await post<Done>(`dossiers/${header.id}/acknowledge`, {}, { key: uuid7() });
    this.acknowledging = "";
    if (answer.ok) {
      this.facts.learn(answer.value.header);
      this.said = unitWords.act.done.acknowledge(header.reference);
    } else {
      this.wrong = explain(answer.problem);
    }
    this.redraw();
    void this.focusOn("#escalations-title");
  }

  private toggleQuiet(event: Event): void {
    this.showQuiet = (event.target as HTMLInputElement).checked;
    this.redraw();
  }

  private choose(bannette: string): void {
    const shut = this.chosen === bannette;
    this.chosen = shut ? "" : bannette;
    this.tray.replace([]);
    this.trayFailed = "";
    this.redraw();
    if (!shut) void this.loadTray().then(() => this.focusOn("#headers-title"));
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
