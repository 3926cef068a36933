// The operator's screen: a call, from "who" to the receipt. The draft lives in draft.ts; this shows and sends it.
import { html, nothing } from "lit";
import type { PropertyValues, TemplateResult } from "lit";
import { live as liveValue } from "lit/directives/live.js";
import { post, unknownOutcome } from "../api.js";
import type { Problem } from "../api.js";
import { now_ms } from "../clock.js";
import { draft } from "../draft.js";
import type { FieldName } from "../draft.js";
import { fr } from "../fr.js";
import { live } from "../live.js";
import { confirmAbandon } from "../parts/confirm.js";
import type { FindDialog } from "../parts/find.js";
import "../parts/find.js";
import { outcomeCard } from "../parts/receipt.js";
import type { Outcome, Sent } from "../parts/receipt.js";
import { routingCard } from "../parts/routing.js";
import { session } from "../session.js";
import type { Receipt, Recorded } from "../types.js";
import { explain, keyName, View } from "../view.js";

const recent_kept = 6;
const send_timeout_ms = 8_000;

// The wire's field names, and where they are on the screen.
const fieldOf: Record<string, string> = {
  "caller.name": "name",
  "caller.phone": "phone",
  name: "name",
  phone: "phone",
  commune: "commune",
  insee: "commune",
  address: "address",
  note: "note",
  topic: "topic",
  urgency: "urgency",
  danger: "danger",
  bannette: "bannette",
};

class OperatorScreen extends View {
  private phase: "typing" | "sending" | "unknown" | "done" = "typing";
  private problem: Problem | undefined;
  private outcome: Outcome | undefined;
  private recent: Sent[] = [];
  private dangerSaid = false;

  override connectedCallback(): void {
    super.connectedCallback();
    if (draft.unknown) this.phase = "unknown";
    draft.onChange = () => this.redraw();
    this.until(() => (draft.onChange = () => {}));
    this.listenTo(document, "keydown", (event) => this.key(event as KeyboardEvent));
    this.until(live.listen((message) => message.type === "hello" && draft.proposalLost && draft.ask()));
    void this.focusOn("#f-name");
  }

  protected override willUpdate(_changed: PropertyValues): void {
    this.dangerSaid = draft.danger && this.phase !== "done";
  }

  protected override render() {
    return html`<div class="operator">
      <div class="screen-head">
        <h1>${fr.operator.title}</h1>
        <button type="button" class="button" @click=${this.search}>${fr.operator.search} <kbd>F4</kbd></button>
        <button type="button" class="button" @click=${this.fresh}>${fr.operator.fresh} <kbd>F2</kbd></button>
      </div>
      <div class="receipt-place" role="status">
        ${this.outcome ? outcomeCard(this.outcome, { fresh: () => void this.fresh(), check: () => void this.check() }) : nothing}
      </div>
      <p class="visually-hidden" role="status">${this.dangerSaid ? fr.operator.dangerOn : ""}</p>
      ${this.phase === "done" ? nothing : this.form()} ${this.recentList()}
      <p class="keys">${fr.operator.keys}</p>
      <bn-find></bn-find>
    </div>`;
  }

  private form(): TemplateResult {
    const frozen = this.phase !== "typing";
    return html`<form class="call" @submit=${this.submit} novalidate autocomplete="off">
      <fieldset class="call-text" ?disabled=${frozen}>
        <legend class="visually-hidden">${fr.operator.title}</legend>
        <h2>${fr.operator.who}</h2>
        <div class="pair">
          ${this.input("name", fr.operator.name, "", 120)} ${this.input("phone", fr.operator.phone, "", 40, "tel")}
        </div>
        <h2>${fr.operator.where}</h2>
        <div class="pair">
          ${this.input("commune", fr.operator.commune, fr.operator.communeHint, 100)}
          ${this.input("address", fr.operator.address, fr.operator.addressHint, 200)}
        </div>
        <h2>${fr.operator.what}</h2>
        ${this.note()}
      </fieldset>
      ${routingCard(draft, frozen, (field) => this.errorAt(field))}
      <div class="send">
        ${this.failure()}
        <button class="button primary big" type="submit" aria-disabled=${this.phase === "sending" ? "true" : nothing}>
          ${this.sendLabel()} <kbd>Ctrl+Entrée</kbd>
        </button>
      </div>
    </form>`;
  }

  private sendLabel(): string {
    if (this.phase === "sending") return fr.operator.sending;
    if (this.phase === "unknown") return fr.operator.retrySame;
    return draft.outside ? fr.operator.sendOutside : fr.operator.send;
  }

  private input(field: FieldName, label: string, hint: string, most: number, mode = "text"): TemplateResult {
    const error = this.errorAt(field);
    const described = [hint ? `h-${field}` : "", error ? `e-${field}` : ""].filter(Boolean).join(" ");
    return html`<div class="field">
      <label for="f-${field}">${label}</label>
      ${hint ? html`<span class="hint" id="h-${field}">${hint}</span>` : nothing}
      <input id="f-${field}" name="call-${field}" autocomplete="off" spellcheck="false" inputmode=${mode} maxlength=${most}
        .value=${liveValue(draft.fields[field])} aria-invalid=${error ? "true" : nothing} aria-describedby=${described || nothing}
        @input=${(event: Event) => this.typed(field, (event.target as HTMLInputElement).value)} />
      ${error ? html`<span class="field-error" id="e-${field}">${error}</span>` : nothing}
    </div>`;
  }

  private typed(field: FieldName, text: string): void {
    if (this.problem && fieldOf[this.problem.field] === field) this.problem = undefined; // it is being corrected
    draft.type(field, text);
  }

  private note(): TemplateResult {
    const error = this.errorAt("note");
    return html`<div class="field">
      <label for="f-note">${fr.operator.note}</label>
      <span class="hint" id="h-note">${fr.operator.noteHint}</span>
      <textarea id="f-note" name="call-note" rows="7" maxlength="10000" autocomplete="off" .value=${liveValue(draft.fields.note)}
        aria-invalid=${error ? "true" : nothing} aria-describedby=${error ? "h-note e-note" : "h-note"}
        @input=${(event: Event) => this.typed("note", (event.target as HTMLTextAreaElement).value)}></textarea>
      ${error ? html`<span class="field-error" id="e-note">${error}</span>` : nothing}
    </div>`;
  }

  private errorAt(field: string): string {
    if (!this.problem || fieldOf[this.problem.field] !== field) return "";
    return explain(this.problem);
  }

  private failure(): TemplateResult {
    if (this.phase === "unknown") {
      return html`<div class="notice warn" role="alert">
        <strong>${fr.operator.unknown}</strong>
        <p>${fr.operator.unknownText}</p>
      </div>`;
    }
    if (!this.problem) return html`<div role="alert"></div>`;
    const placed = fieldOf[this.problem.field] !== undefined;
    return html`<div class="notice error" role="alert">
      <strong>${fr.operator.refused}</strong>
      <p>${placed ? fr.operator.refusedField : explain(this.problem)}</p>
    </div>`;
  }

  private recentList(): TemplateResult | typeof nothing {
    if (this.recent.length === 0) return nothing;
    return html`<section class="recent" aria-labelledby="recent-title">
      <h2 id="recent-title">${fr.operator.recent}</h2>
      <ul>
        ${this.recent.map((sent) => html`<li>
            <strong class="reference">${sent.reference || fr.operator.pending}</strong> <span>${session.bannette(sent.bannette)}</span>
            <bn-time class="quiet" at=${sent.at} mode="age"></bn-time>
          </li>`)}
      </ul>
    </section>`;
  }

  private submit(event: Event): void {
    event.preventDefault();
    void this.send();
  }

  private key(event: KeyboardEvent): void {
    if (document.querySelector("dialog[open]")) return;
    const name = keyName(event);
    if (name === "F2") void this.fresh();
    else if (name === "F4") this.search();
    else if (name === "Ctrl+Enter" && this.phase !== "done") void this.send();
    else return;
    event.preventDefault();
  }

  private search(): void {
    (this.querySelector("bn-find") as FindDialog | null)?.open(draft.fields.phone.trim());
  }

  private async fresh(): Promise<void> {
    if (this.phase === "sending") return;
    if (this.phase !== "done" && draft.dirty && !(await confirmAbandon())) return;
    draft.renew();
    this.phase = "typing";
    this.problem = undefined;
    this.outcome = undefined;
    this.redraw();
    void this.focusOn("#f-name");
  }

  private async send(): Promise<void> {
    if (this.phase === "sending") return;
    this.phase = "sending";
    this.problem = undefined;
    this.redraw();
    const answer = await post<Receipt | Recorded>("requests", draft.call(), { key: draft.key, timeout_ms: send_timeout_ms });
    if (answer.ok) this.finish(answer.value);
    else this.fail(answer.problem);
  }

  private finish(value: Receipt | Recorded): void {
    const call = draft.call();
    const sent: Sent = value.durable
      ? { key: draft.key, call, reference: value.reference, bannette: value.bannette, at: value.arrived }
      : { key: draft.key, call, reference: "", bannette: value.bannette, at: value.since };
    this.recent = [sent, ...this.recent.filter((other) => other.key !== sent.key)].slice(0, recent_kept);
    this.outcome = value.durable ? { kind: "receipt", receipt: value } : { kind: "recorded", recorded: value, sent, note: "" };
    this.close();
  }

  private fail(problem: Problem): void {
    if (problem.code === "no_dossier") {
      this.outcome = { kind: "outside", detail: problem.detail };
      this.close();
      return;
    }
    draft.unknown = draft.unknown ? problem.status === 401 || unknownOutcome(problem) : unknownOutcome(problem);
    if (problem.code === "key_expired") draft.rekey();
    this.phase = draft.unknown ? "unknown" : "typing";
    this.problem = draft.unknown ? undefined : problem;
    this.redraw();
    const place = fieldOf[problem.field];
    if (place) void this.focusOn(`#f-${place}`);
    else if (problem.status !== 401) void this.focusOn(".send button");
  }

  // The draft is settled: its text leaves the page.
  private close(): void {
    draft.renew();
    this.phase = "done";
    this.redraw();
    void this.focusOn(".receipt-place button");
  }

  // A request that was only recorded: the same key asks for its receipt.
  private async check(): Promise<void> {
    const waiting = this.outcome;
    if (waiting?.kind !== "recorded") return;
    const { sent } = waiting;
    const answer = await post<Receipt | Recorded>("requests", sent.call, { key: sent.key, timeout_ms: send_timeout_ms });
    if (this.outcome !== waiting) return;
    if (answer.ok && answer.value.durable) {
      const receipt = answer.value;
      this.recent = this.recent.map((other) => (other.key === sent.key ? { ...other, reference: receipt.reference } : other));
      this.outcome = { kind: "receipt", receipt };
      void this.focusOn(".receipt-place button");
    } else {
      const at = new Date(now_ms()).toLocaleTimeString("fr-FR");
      this.outcome = { ...waiting, note: answer.ok ? `${fr.operator.stillRecorded} (${at})` : explain(answer.problem) };
    }
    this.redraw();
  }
}
customElements.define("bn-operator", OperatorScreen);
