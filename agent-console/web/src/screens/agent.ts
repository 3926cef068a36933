// The agent's screen: the bannette's list, live, and the open dossier beside it.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { get, post, unknownOutcome } from "../api.js";
import { uuid7 } from "../ids.js";
import { fr } from "../fr.js";
import { live } from "../live.js";
import { ago, climbBadge, dangerBadge, due, stateBadge, urgencyBadge } from "../parts/badges.js";
import type { DossierPanel } from "../parts/dossier.js";
import "../parts/dossier.js";
import { session } from "../session.js";
import { TrayList } from "../tray.js";
import type { Counts, Done, Header, LiveMessage, Tray } from "../types.js";
import { explain, keyName, View } from "../view.js";

const page = 200;
const refetch_pause_ms = 1_000;

// Escape must not throw a half-written note away.
function typed(target: EventTarget | null): boolean {
  return target instanceof HTMLTextAreaElement && target.value.trim() !== "";
}

class AgentScreen extends View {
  private readonly tray = new TrayList();
  private total = 0;
  private bannettes: { name: string; waiting: number }[] = [];
  private filter = ""; // "": all of mine
  private openId = "";
  private loaded = false;
  private said = "";
  private danger = "";
  private taking = false;
  private takeKey = ""; // kept while nobody knows what became of it
  private refetch: ReturnType<typeof setTimeout> | undefined;
  private asked = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.listenTo(document, "keydown", (event) => this.key(event as KeyboardEvent));
    this.until(live.listen((message) => this.hear(message)));
    this.until(() => clearTimeout(this.refetch));
    void this.load();
  }

  protected override updated(): void {
    session.alarm(this.tray.list().filter((header) => header.state === "waiting" && header.danger).length);
  }

  protected override render() {
    const list = this.tray.list().filter((header) => this.shows(header));
    const waiting = list.filter((header) => header.state === "waiting").length;
    return html`<div class="agent ${this.openId ? "with-dossier" : ""}">
      <section class="tray" aria-labelledby="tray-title">
        <div class="screen-head">
          <h1 id="tray-title">${fr.agent.title}</h1>
          <p class="quiet">${this.loaded ? fr.agent.summary(waiting, list.length) : fr.loading}</p>
          <button type="button" class="button primary" aria-disabled=${this.taking ? "true" : nothing} @click=${this.takeNext}>
            ${fr.agent.take} <kbd>F2</kbd>
          </button>
        </div>
        <div role="status" class="said">${this.said ? html`<p class="notice">${this.said}</p>` : nothing}</div>
        <p class="visually-hidden" role="status">${this.danger}</p>
        <div class="tray-body">
          ${this.filters()} ${this.table(list)}
          ${this.total > this.tray.size ? html`<p class="quiet">${fr.agent.more(this.tray.size, this.total)}</p>` : nothing}
        </div>
      </section>
      <section class="detail" aria-label=${fr.agent.detail}>
        <bn-dossier @learned=${this.learned} @leave=${this.leave}></bn-dossier>
        ${this.openId ? nothing : html`<p class="quiet empty">${fr.agent.choose}</p>`}
      </section>
      <p class="keys">${fr.agent.keys}</p>
    </div>`;
  }

  private filters(): TemplateResult | typeof nothing {
    if (session.user?.units.length === 0) return html`<p class="notice warn">${fr.agent.noUnits}</p>`;
    if (this.bannettes.length < 2) return nothing;
    const chip = (name: string, label: string, count: number): TemplateResult =>
      html`<button type="button" class="button chip" aria-pressed=${this.filter === name ? "true" : "false"} @click=${() => this.choose(name)}>
        ${label} <span class="count">${count}</span>
      </button>`;
    const waiting = this.waitingBy();
    const all = [...waiting.values()].reduce((sum, count) => sum + count, 0);
    return html`<div class="chips" role="group" aria-label=${fr.agent.filter}>
      ${chip("", fr.agent.all, all)} ${this.bannettes.map((bannette) => chip(bannette.name, this.shortLabel(bannette.name), waiting.get(bannette.name) ?? 0))}
    </div>`;
  }

  // From the list where it is whole, so that list and figures agree; else from the server's counts, a little later.
  private waitingBy(): Map<string, number> {
    if (this.total > this.tray.size) return new Map(this.bannettes.map(({ name, waiting }) => [name, waiting]));
    const counts = new Map<string, number>();
    for (const header of this.tray.list()) if (header.state === "waiting") counts.set(header.bannette, (counts.get(header.bannette) ?? 0) + 1);
    return counts;
  }

  // Within one unit the unit's name says nothing new.
  private shortLabel(name: string): string {
    const label = session.bannette(name);
    const unit = session.unit(name.split("/")[0] ?? "");
    return (session.user?.units.length ?? 0) < 2 && label.startsWith(unit) ? label.slice(unit.length).replace(/^[\s:·–,-]+/, "") || label : label;
  }

  private table(list: readonly Header[]): TemplateResult {
    if (this.loaded && list.length === 0) return html`<p class="empty quiet">${fr.agent.empty}</p>`;
    // Roles are repeated because narrow screens lay the rows out as cards, which hides a table's own from some readers.
    return html`<table class="list" role="table" @keydown=${this.walk}>
      <caption class="visually-hidden">${fr.agent.list}</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">${fr.agent.urgency}</th>
          <th role="columnheader" scope="col">${fr.agent.request}</th>
          <th role="columnheader" scope="col">${fr.agent.delay}</th>
          <th role="columnheader" scope="col">${fr.agent.state}</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${repeat(list, (header) => header.id, (header) => this.row(header))}
      </tbody>
    </table>`;
  }

  private row(header: Header): TemplateResult {
    const open = header.id === this.openId;
    return html`<tr role="row" class="row ${header.danger ? "in-danger" : ""} ${open ? "is-open" : ""} is-${header.state}" @click=${() => this.open(header.id)}>
      <td role="cell" class="c-urgency">${urgencyBadge(header.urgency)} ${dangerBadge(header.danger)} ${climbBadge(header)}</td>
      <td role="cell" class="c-request">
        <button type="button" class="row-button" data-id=${header.id} aria-current=${open ? "true" : nothing}>${session.topic(header.topic)}</button>
        <span class="under"><span class="reference">${header.reference}</span> ${header.commune ? html`<span>${header.commune}</span>` : nothing}</span>
      </td>
      <td role="cell" class="c-delay">${due(header)} <span class="under quiet">${fr.agent.age} ${ago(header.arrived)}</span></td>
      <td role="cell" class="c-state">${stateBadge(header.state)} ${this.holder(header)}</td>
    </tr>`;
  }

  private holder(header: Header): TemplateResult | typeof nothing {
    if (!header.holder) return nothing;
    const text = header.holder === session.user?.name ? fr.agent.by(fr.agent.you) : fr.agent.by(header.holder);
    return html`<span class="under">${text}</span>`;
  }

  private shows(header: Header): boolean {
    return this.filter === "" || header.bannette === this.filter;
  }

  private hear(message: LiveMessage): void {
    if (message.type === "hello" || message.type === "resync") {
      void this.load();
      this.panel()?.refresh();
    } else if (message.type === "tray") {
      this.panel()?.heard(message.header);
      this.learn(message.header, message.change === "submitted");
    } else if (message.type === "gone") {
      this.gone(message.id);
    } else if (message.type === "counts") {
      this.bannettes = message.items.map(({ bannette, waiting }) => ({ name: bannette, waiting }));
      this.redraw();
    }
  }

  private learn(header: Header, arrival = false): void {
    const known = this.tray.has(header.id);
    const beyond = this.total - this.tray.size; // those that the page does not hold: the server knows which ones
    if (!this.tray.learn(header)) return;
    this.total = this.tray.size + beyond;
    if (beyond > 0) this.soon();
    if (arrival && !known && header.danger) this.danger = fr.agent.arrivedNow(header.reference);
    this.redraw();
  }

  private gone(id: string): void {
    if (!this.tray.forget(id)) return;
    this.total = Math.max(0, this.total - 1);
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
    const [tray, counts] = await Promise.all([get<Tray>(`tray?limit=${page}`), get<Counts>("bannettes")]);
    if (mine !== this.asked) return;
    if (tray.ok) {
      this.tray.replace(tray.value.items);
      this.total = tray.value.total;
      this.loaded = true;
    } else {
      this.said = explain(tray.problem);
    }
    if (counts.ok) this.bannettes = counts.value.items.map(({ bannette, waiting }) => ({ name: bannette, waiting }));
    this.redraw();
  }

  private choose(name: string): void {
    this.filter = name;
    this.redraw();
  }

  private async takeNext(): Promise<void> {
    if (this.taking) return;
    this.taking = true;
    this.said = "";
    this.takeKey ||= uuid7();
    this.redraw();
    const answer = await post<Done>("take-next", this.filter ? { bannettes: [this.filter] } : {}, { key: this.takeKey });
    this.taking = false;
    if (answer.ok) {
      this.takeKey = "";
      this.learn(answer.value.header);
      this.said = fr.dossier.accepted(answer.value.header.reference);
      this.open(answer.value.header.id);
    } else {
      const { code } = answer.problem;
      const unknown = unknownOutcome(answer.problem);
      if (!unknown) this.takeKey = "";
      this.said = unknown ? fr.dossier.unknown : code === "nothing_waiting" ? fr.agent.nothing : explain(answer.problem);
    }
    this.redraw();
  }

  private panel(): DossierPanel | null {
    return this.querySelector<DossierPanel>("bn-dossier");
  }

  private open(id: string): void {
    if (this.openId !== id) {
      this.openId = id;
      this.redraw();
    }
    this.panel()?.open(id);
  }

  private leave(): void {
    const id = this.openId;
    this.openId = "";
    this.panel()?.shut();
    this.redraw();
    void this.focusOn(`.row-button[data-id="${id}"]`).then(() => {
      if (!this.querySelector(".row-button:focus")) this.querySelector<HTMLElement>(".row-button, .screen-head button")?.focus();
    });
  }

  private learned(event: CustomEvent<Header>): void {
    this.learn(event.detail);
  }

  // Arrow keys walk the list; Enter is the button's own.
  private walk(event: KeyboardEvent): void {
    const step: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };
    const by = step[event.key];
    if (by === undefined || event.ctrlKey || event.altKey) return;
    this.step(by);
    event.preventDefault();
  }

  private step(by: number): void {
    const buttons = [...this.querySelectorAll<HTMLElement>(".row-button")];
    const at = buttons.findIndex((button) => button === document.activeElement);
    const to = at < 0 ? 0 : Math.min(buttons.length - 1, Math.max(0, at + by));
    buttons[to]?.focus();
    buttons[to]?.scrollIntoView({ block: "nearest" });
  }

  private key(event: KeyboardEvent): void {
    const name = keyName(event);
    const inField = event.target instanceof HTMLElement && event.target.closest("input, textarea, select, table, dialog") !== null;
    if (name === "F2") void this.takeNext();
    else if (name === "Escape" && this.openId && !typed(event.target)) this.leave();
    else if ((name === "ArrowDown" || name === "ArrowUp") && !inField && !this.openId) this.step(0);
    else if (!this.panel()?.key(name)) return;
    event.preventDefault();
  }
}
customElements.define("bn-agent", AgentScreen);
