// F3: whom to call back, in order, and one key to dial. Who is being called by a colleague is shown so, and cannot be dialled.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { CallbackAct, Callbacks } from "../callbacks.js";
import { moment } from "../clock.js";
import { commonWords, key } from "#words/common.js";
import { operatorWords } from "#words/operator.js";
import { written } from "../phone.js";
import { session } from "../session.js";
import type { Callback } from "../types.js";
import { explain, View } from "../view.js";
import { dangerBadge } from "./badges.js";

const words = operatorWords.callbacks;

export class CallbacksDialog extends View {
  model: Callbacks | undefined;
  // The post rings: what is to be shown now.
  onDialled: (number: string) => void = () => {};
  queueLabel: (code: string) => string = (code) => code;
  private giving = ""; // the entry that one is giving up, and is asked why

  async open(): Promise<void> {
    const dialog = this.querySelector("dialog");
    const { model } = this;
    if (!dialog || !model || dialog.open) return;
    this.giving = "";
    model.problem = undefined;
    model.shown = true;
    dialog.showModal();
    await model.load();
    await this.updateComplete;
    (this.querySelector<HTMLElement>("li .primary") ?? this.querySelector<HTMLElement>("button"))?.focus();
  }

  changed(): void {
    if (this.model?.shown) this.redraw();
  }

  protected override render() {
    const { model } = this;
    return html`<dialog class="dialog" aria-labelledby="callbacks-title" @close=${() => model && (model.shown = false)} @keydown=${this.key}>
      <div class="dialog-head">
        <h2 id="callbacks-title">${words.title}</h2>
        <button type="button" class="button plain" @click=${this.shut}>${commonWords.close} <kbd>${key.escape}</kbd></button>
      </div>
      <div role="alert">${model?.problem ? html`<p class="notice error">${explain(model.problem)}</p>` : nothing}</div>
      ${model?.list ? this.entries(model) : nothing}
    </dialog>`;
  }

  private entries(model: Callbacks): TemplateResult {
    const { items = [], waiting = 0, withheld = 0 } = model.list ?? {};
    return html`<p class="quiet">${words.count(waiting)}${withheld > 0 ? html` · ${words.withheld(withheld)}` : nothing}</p>
      <ol class="callbacks">${repeat(items, (item) => item.id, (item) => this.entry(model, item))}</ol>
      ${waiting > items.length ? html`<p class="quiet small">${words.more(waiting - items.length)}</p>` : nothing}`;
  }

  private entry(model: Callbacks, item: Callback): TemplateResult {
    const mine = item.locked_by === session.user?.name;
    const theirs = item.locked_by !== null && !mine;
    return html`<li>
      <div>
        <p class="found-head"><strong class="number">${written(item.number ?? "")}</strong> ${dangerBadge(item.danger)}
          ${theirs ? html`<span class="badge doubt">${words.calledBy(item.locked_by ?? "")}</span>` : nothing}</p>
        <p class="quiet small">${words.attempts(item.attempts)} · ${words.since} ${item.first ? html`<bn-time at=${item.first} mode="age"></bn-time>` : nothing}
          ${item.queue ? html`· ${this.queueLabel(item.queue)}` : nothing}
          ${item.tries > 0 ? html`· ${words.tries(item.tries)}${item.tried ? ` (${moment(item.tried)})` : ""}` : nothing}</p>
      </div>
      ${theirs ? nothing : this.acts(model, item, mine)}
    </li>`;
  }

  private acts(model: Callbacks, item: Callback, mine: boolean): TemplateResult {
    const number = written(item.number ?? "");
    const off = model.busy !== "" ? "true" : nothing;
    const button = (label: string, act: () => void, kind = ""): TemplateResult =>
      html`<button type="button" class="button ${kind}" aria-disabled=${off} aria-label="${label} : ${number}" @click=${act}>${label}</button>`;
    if (this.giving === item.id) return this.reason(model, item);
    return html`<div class="actions">
      ${button(mine ? words.again : words.dial, () => void this.dial(model, item), "primary")}
      ${mine ? html`${button(words.reached, () => void this.act(model, item, "reached"))} ${button(words.noAnswer, () => void this.act(model, item, "no_answer"))} ${button(words.release, () => void this.act(model, item, "release"))}` : nothing}
      ${button(words.giveUp, () => this.ask(item.id), "plain")}
    </div>`;
  }

  private reason(model: Callbacks, item: Callback): TemplateResult {
    const submit = (event: Event): void => {
      event.preventDefault();
      const text = this.querySelector<HTMLInputElement>("#callback-why")?.value.trim() ?? "";
      void this.act(model, item, "give_up", text);
    };
    return html`<form class="line" @submit=${submit} novalidate autocomplete="off">
      <div class="field"><label for="callback-why">${words.why}</label><input id="callback-why" maxlength="64" autocomplete="off" /></div>
      <button class="button primary" type="submit">${words.giveUp}</button>
      <button class="button" type="button" @click=${() => this.ask("")}>${commonWords.cancel}</button>
    </form>`;
  }

  private ask(id: string): void {
    this.giving = id;
    this.redraw();
    void this.focusOn(id ? "#callback-why" : "li .primary");
  }

  private async act(model: Callbacks, item: Callback, act: CallbackAct, text = ""): Promise<void> {
    const done = await model.act(item.id, act, text);
    if (done) this.giving = "";
    this.redraw();
    if (done) await this.focusOn(model.list?.items.length ? "li .primary" : ".dialog-head button");
  }

  private async dial(model: Callbacks, item: Callback): Promise<void> {
    if (!(await model.act(item.id, "dial"))) return this.redraw();
    this.shut();
    this.onDialled(item.number ?? "");
  }

  // Up and down, from one "dial" to the next.
  private key(event: KeyboardEvent): void {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0 || (event.target as HTMLElement).tagName === "INPUT") return;
    const all = [...this.querySelectorAll<HTMLElement>("li .primary")];
    if (all.length === 0) return;
    event.preventDefault();
    const now = all.findIndex((one) => one.closest("li")?.contains(document.activeElement));
    all[Math.max(0, Math.min(all.length - 1, now + step))]?.focus();
  }

  private shut(): void {
    this.querySelector("dialog")?.close();
  }
}
customElements.define("bn-callbacks", CallbacksDialog);
