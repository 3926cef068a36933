// Away: who acts on one's dossiers meanwhile. Each for themselves, a manager for their unit too.
import { key } from "#words/common.js";
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { post, unknownOutcome } from "../api.js";
import { moment, now_ms } from "../clock.js";
import { unitWords } from "#words/unit.js";
import { uuid7 } from "../ids.js";
import { session } from "../session.js";
import type { Delegation } from "../types.js";
import { explain, View } from "../view.js";
import { choices } from "./acts.js";

const words = unitWords.absence;
type Field = "person" | "to" | "from" | "until";

export class AbsenceDialog extends View {
  delegations: readonly Delegation[] = [];
  colleagues: readonly string[] = [];
  private busy = false;
  private said = "";
  private error: { field: Field | ""; text: string } | undefined;
  private pending: { path: string; body: string; key: string } | undefined; // sent, and nobody knows what became of it

  open(): void {
    const dialog = this.querySelector("dialog");
    if (!dialog || dialog.open) return;
    this.said = "";
    this.error = undefined;
    this.redraw();
    dialog.showModal();
  }

  protected override render() {
    const me = session.user?.name ?? "";
    const manager = session.user?.role === "manager";
    const mine = this.delegations.filter(({ person }) => person === me || manager);
    const forOthers = this.delegations.filter(({ to }) => to === me);
    return html`<dialog class="dialog" aria-labelledby="absence-title" @close=${this.closed}>
      <div class="dialog-head">
        <h2 id="absence-title">${words.title}</h2>
        <button type="button" class="button plain" @click=${() => this.querySelector("dialog")?.close()}>${unitWords.keys.close} <kbd>${key.escape}</kbd></button>
      </div>
      <p class="hint">${words.what}</p>
      <p role="status">${this.said}</p>
      ${this.error?.field === "" ? html`<p class="notice error" role="alert">${this.error.text}</p>` : nothing}
      ${mine.map((each) => html`<p class="standing">
          <span>${each.person === me ? words.forMe(each.to, this.span(each)) : words.standing(each.person, each.to, this.span(each))}</span>
          <button type="button" class="button" aria-disabled=${this.busy ? "true" : nothing} @click=${() => this.end(each.person)}>${words.end}</button>
        </p>`)}
      ${forOthers.map((each) => html`<p>${words.forOther(each.person, this.span(each))}</p>`)}
      ${this.form(me, manager)}
    </dialog>`;
  }

  private span({ from, until }: Delegation): string {
    const later = from !== null && Date.parse(from) > now_ms();
    return words.span(later ? moment(from) : "", until ? moment(until) : "");
  }

  private form(me: string, manager: boolean): TemplateResult {
    const pick = (field: "person" | "to", names: readonly string[], first: string): TemplateResult => html`<select id="absence-${field}" name=${field}
      aria-invalid=${this.wrong(field)} aria-describedby=${this.described(field)}>
      ${first ? nothing : html`<option value="">${unitWords.act.choose}</option>`}
      ${choices(names.map((name) => [name, name === me ? words.me : name]))}
    </select>`;
    const time = (field: "from" | "until"): TemplateResult => html`<input id="absence-${field}" name=${field} type="datetime-local"
      aria-invalid=${this.wrong(field)} aria-describedby=${this.described(field)} />`;
    const others = this.colleagues.filter((name) => name !== me);
    const line = (field: Field, input: TemplateResult, hint = ""): TemplateResult => html`<div class="field">
      <label for="absence-${field}">${words.field[field]}</label> ${hint ? html`<span class="hint">${hint}</span>` : nothing}
      ${input} ${this.error?.field === field ? html`<span class="field-error" id="absence-${field}-error">${this.error.text}</span>` : nothing}
    </div>`;
    return html`<form @submit=${this.submit} novalidate autocomplete="off">
      <h3>${words.fresh}</h3>
      <div class="act-fields">
        ${manager ? line("person", pick("person", [me, ...others], me)) : nothing}
        ${line("to", pick("to", manager ? [...others, me] : others, ""))} ${line("from", time("from"), words.fromHint)} ${line("until", time("until"))}
      </div>
      <div class="actions"><button type="submit" class="button primary" aria-disabled=${this.busy ? "true" : nothing}>${words.send}</button></div>
    </form>`;
  }

  private wrong(field: Field): string | typeof nothing {
    return this.error?.field === field ? "true" : nothing;
  }

  private described(field: Field): string | typeof nothing {
    return this.error?.field === field ? `absence-${field}-error` : nothing;
  }

  private refuse(field: Field | "", text: string): void {
    this.error = { field, text };
    this.redraw();
    if (field) void this.focusOn(`#absence-${field}`);
  }

  private submit(event: SubmitEvent): void {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const text = (name: Field): string => String(data.get(name) ?? "").trim();
    const [from, until] = [Date.parse(text("from")), Date.parse(text("until"))];
    if (!text("to")) return this.refuse("to", words.missing.to);
    if (Number.isNaN(until)) return this.refuse("until", words.missing.until);
    if (until <= Math.max(now_ms(), Number.isNaN(from) ? 0 : from)) return this.refuse("until", words.missing.past);
    const iso = (time: number): string => new Date(time).toISOString();
    const body = { person: text("person") || (session.user?.name ?? ""), to: text("to"), until: iso(until), ...(Number.isNaN(from) ? {} : { from: iso(from) }) };
    void this.send("delegations", body, words.done(text("to")));
  }

  private end(person: string): void {
    void this.send("delegations/end", { person }, words.ended);
  }

  private async send(path: string, body: Record<string, string>, done: string): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.error = undefined;
    this.said = "";
    this.redraw();
    // The same request again keeps its key, as long as nobody knows what became of the first.
    const same = this.pending?.path === path && this.pending.body === JSON.stringify(body);
    const key = same && this.pending ? this.pending.key : uuid7();
    const answer = await post(path, body, { key });
    this.busy = false;
    const unknown = !answer.ok && unknownOutcome(answer.problem);
    this.pending = unknown ? { path, body: JSON.stringify(body), key } : undefined;
    if (answer.ok) {
      this.said = done;
      this.querySelector("form")?.reset();
      this.dispatchEvent(new CustomEvent("changed"));
    } else {
      const field = (["person", "to", "from", "until"] as const).find((name) => answer.problem.field.replace(/_ms$/, "").endsWith(name));
      this.refuse(unknown ? "" : (field ?? ""), unknown ? unitWords.dossier.unknown : explain(answer.problem));
    }
    this.redraw();
  }

  private closed(): void {
    this.querySelector("form")?.reset();
    this.error = undefined;
  }
}
customElements.define("bn-absence", AbsenceDialog);
