// The operator's screen: a call from "who" to its receipts, in one column that follows the conversation; beside it what to say and whom
// to call. The draft lives in draft.ts and is kept by keeping.ts; this shows and sends it.
import { commonWords, key } from "#words/common.js";
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { Callbacks } from "../callbacks.js";
import { Course } from "../course.js";
import { draft } from "../draft.js";
import type { FieldName } from "../draft.js";
import { operatorWords as words } from "#words/operator.js";
import { guard } from "../guard.js";
import { Keeping } from "../keeping.js";
import { live } from "../live.js";
import { fieldOf, lineField, noteField } from "../parts/call_fields.js";
import type { DraftsDialog } from "../parts/drafts.js";
import type { FindDialog } from "../parts/find.js";
import { DangerAid, dangerPanel, guidance } from "../parts/guidance.js";
import { toggleKeys } from "../parts/key_help.js";
import { confirmAbandon, conflictNotice, failureNotice, keptLine, partTabs, recentList, toolbar } from "../parts/operator_pieces.js";
import type { CallbacksDialog } from "../parts/callbacks.js";
import type { PhoneStrip } from "../parts/phone_strip.js";
import "../parts/phone_strip.js";
import { placeFields } from "../parts/places.js";
import type { QualifyDialog } from "../parts/qualify.js";
import { questionsOf } from "../parts/questions.js";
import { outcomeCard } from "../parts/receipt.js";
import { repeatList } from "../parts/repeat_list.js";
import { candidates, correctButton, goesTo, routingCard } from "../parts/routing.js";
import { Phone } from "../phone.js";
import { Repeat } from "../repeat.js";
import { session } from "../session.js";
import type { LiveMessage } from "../types.js";
import { explain, keyName, View } from "../view.js";

const look_again_ms = 30_000; // for calls of posts that have fallen silent

const keeping = new Keeping(draft);
// Also while another screen is shown: the draft is still being kept.
const tellLate = (): void => session.warn(keeping.late ? words.kept.banner : "");

class OperatorScreen extends View {
  private correcting = false;
  private pressed = 0; // keys, so that what one asked for does not come over the next
  private readonly danger = new DangerAid(() => this.redraw());
  private readonly repeat = new Repeat(draft);
  private readonly phone = new Phone();
  private readonly callbacks = new Callbacks();
  private readonly course = new Course(draft, keeping, this.phone, {
    redraw: () => this.redraw(),
    focus: (selector) => void this.focusOn(selector),
    begun: () => (this.correcting = this.danger.open = false),
    correct: () => (this.correcting = true),
    confirm: confirmAbandon,
  });

  override connectedCallback(): void {
    super.connectedCallback();
    const { course } = this;
    draft.onChange = () => {
      this.repeat.typed();
      this.redraw();
    };
    keeping.onChange = () => {
      tellLate();
      this.redraw();
    };
    this.repeat.onChange = () => this.redraw();
    this.phone.onChange = this.callbacks.onChange = () => this.phoneChanged();
    this.phone.onCall = (call, before) => void course.rang(call, before);
    this.phone.onLine = () => this.callbacks.news();
    this.until(() => {
      draft.onChange = () => {};
      keeping.onChange = tellLate;
    });
    this.listenTo(document, "keydown", (event) => this.key(event as KeyboardEvent));
    this.listenTo(this, "focusin", () => this.redraw());
    this.listenTo(window, "pagehide", () => void keeping.flush(true));
    this.listenTo(document, "visibilitychange", () => void (document.visibilityState === "hidden" && keeping.flush()));
    this.until(live.listen((message) => this.heard(message)));
    guard.set("draft", {
      holds: () => draft.dirty,
      unkept: () => keeping.unkept || draft.unknown,
      mayLeave: async () => (await course.settleDown()) || confirmAbandon(words.abandonUnkept),
      forget: () => course.forget(),
    });
    void this.focusOn("#f-name");
    void course.lookForDrafts(true).then(() => this.beginPhone());
    const looking = setInterval(() => document.visibilityState === "visible" && void course.lookForDrafts(false), look_again_ms);
    this.until(() => clearInterval(looking));
    this.until(this.callbacks.watch());
  }

  // The strip's facts are objects of this screen: it draws itself again whenever the screen does.
  protected override updated(): void {
    const { strip } = this;
    if (!strip) return;
    strip.offers = this.course.opens;
    strip.requestUpdate();
  }

  protected override render() {
    const { course } = this;
    const done = course.phase === "done";
    return html`<div class="operator">
      <div class="screen-head"><h1 class="visually-hidden">${words.title}</h1>${toolbar(this.tools(), course.nextWords, { drafts: course.drafts.length, callbacks: this.phone.callbacks })}</div>
      <bn-phone .phone=${this.phone} .callbacks=${this.callbacks} .open=${() => void course.fresh()}></bn-phone>
      <div class="receipt-place" role="status">
        ${done ? outcomeCard(course.sent, course.qualified, { next: course.nextWords, fresh: () => void course.fresh(), again: () => course.again(), check: (sent) => void course.check(sent) }) : nothing}
      </div>
      <p class="visually-hidden" role="status">${draft.danger && !done ? words.dangerOn : ""}</p>
      <div role="status">${course.notice ? html`<p class="notice">${course.notice}</p>` : nothing}</div>
      ${conflictNotice(keeping, { adopt: () => void keeping.adopt(), insist: () => void keeping.insist(), fresh: () => void course.fresh() })}
      <div class="call-columns">
        ${done ? nothing : this.form()}
        <div class="beside">${done ? nothing : this.beside()} ${recentList(course.recent)}</div>
      </div>
      <bn-find></bn-find> <bn-drafts></bn-drafts> <bn-qualify></bn-qualify> <bn-callbacks></bn-callbacks>
    </div>`;
  }

  private beside(): TemplateResult {
    const panel = this.danger.open
      ? dangerPanel(draft, this.danger, () => this.toggleDanger())
      : html`<aside aria-label=${words.guide.label}>${guidance(draft)}</aside>`;
    return html`${panel} ${repeatList(this.repeat)}`;
  }

  private form(): TemplateResult {
    const { course } = this;
    const { frozen, phase, problem } = course;
    const routing = { frozen, correcting: this.correcting, toggle: () => this.correct(), errorAt: (field: string) => this.errorAt(field) };
    return html`<form class="call" @submit=${(event: Event) => (event.preventDefault(), void course.send())} novalidate autocomplete="off">
      <fieldset class="call-text" ?disabled=${frozen}>
        <legend class="visually-hidden">${words.title}</legend>
        <section class="step" aria-labelledby="who-title">
          <h2 id="who-title">${words.who} ${this.repeat.items.length > 0 ? html`<span class="badge doubt">${words.repeat.badge(this.repeat.items.length)}</span>` : nothing}</h2>
          <div class="pair">${lineField(this.field("name", words.name), 120)} ${lineField(this.field("phone", words.phone), 40, "tel")}</div>
        </section>
        <section class="step" aria-labelledby="where-title">
          <h2 id="where-title">${words.where}</h2>
          <div>${placeFields(draft, (field) => this.errorAt(field))} ${candidates(draft)}</div>
        </section>
        <section class="step" aria-labelledby="what-title">
          <h2 id="what-title">${words.what}</h2>
          <div>${partTabs(draft)} ${draft.part.sent ? nothing : noteField(this.field("note", words.note))}</div>
        </section>
        ${draft.part.sent ? nothing : questionsOf(draft)}
      </fieldset>
      ${draft.part.sent ? nothing : routingCard(draft, routing)}
      <div class="send">
        ${failureNotice(phase, problem, problem !== undefined && fieldOf[problem.field] !== undefined)}
        <div class="send-line">
          <button class="button primary big" type="submit" aria-disabled=${phase === "sending" || phase === "loading" || course.decided ? "true" : nothing}>${this.sendLabel()} <kbd>${key.ctrlEnter}</kbd></button>
          <div class="going">${goesTo(draft)} ${draft.part.sent ? nothing : correctButton(draft, routing)}</div>
          <span class="send-rest">
            ${keptLine(keeping)}
            ${course.decided ? nothing : html`<button class="button plain" type="button" @click=${() => void keeping.offer().then((offered) => course.say(offered ? words.send.offered : words.send.offerFailed))}>${words.send.offer}</button>
              <button class="button plain" type="button" @click=${() => void course.abandon()}>${words.send.abandon}</button>`}
          </span>
        </div>
      </div>
    </form>`;
  }

  private sendLabel(): string {
    if (this.course.phase === "sending") return words.send.sending;
    if (this.course.phase === "unknown") return words.send.retrySame;
    const waiting = draft.parts.filter((part) => !part.sent && !part.empty).length;
    if (waiting > 1) return words.send.sendAll(waiting);
    return draft.part.outside ? words.send.sendOutside : words.send.send;
  }

  private field(name: FieldName, label: string): Parameters<typeof noteField>[0] {
    const value = name === "note" ? draft.part.note : draft.fields[name];
    return { name, label, value, error: this.errorAt(name), typed: (text) => this.typed(name, text) };
  }

  private typed(field: FieldName, text: string): void {
    const { course } = this;
    if (course.problem && fieldOf[course.problem.field] === field) course.problem = undefined; // it is being corrected
    course.notice = "";
    draft.type(field, text);
  }

  private errorAt(field: string): string {
    const { problem } = this.course;
    if (!problem || fieldOf[problem.field] !== field) return "";
    if (field === "correction" && draft.part.reason) return "";
    return explain(problem);
  }

  private tools(): Record<string, () => void> {
    return {
      F2: () => void this.course.fresh(),
      F4: () => void this.find(),
      F6: () => void this.qualify(),
      ...(this.phone.telephony ? { F3: () => void this.showCallbacks() } : {}),
      F7: () => this.addTopic(),
      F8: () => this.toggleDanger(),
      F10: () => void this.showDrafts(),
      F1: () => toggleKeys(words.keys),
    };
  }

  private key(event: KeyboardEvent): void {
    const name = keyName(event);
    ++this.pressed;
    if (document.querySelector("dialog[open]") && name !== "F1") return;
    const acts: Record<string, () => void> = {
      ...this.tools(),
      F9: () => this.correct(),
      "Shift+F7": () => draft.show((draft.shown + 1) % draft.parts.length),
      "Shift+F3": () => this.strip?.togglePause(),
      "Ctrl+Enter": () => void this.course.send(),
    };
    const act = acts[name];
    if (act) {
      event.preventDefault();
      act();
    } else if (name === "Escape" && this.danger.open) this.toggleDanger();
  }

  private correct(): void {
    if (this.course.phase !== "typing" || draft.part.sent) return;
    this.correcting = !this.correcting || draft.part.corrected;
    this.redraw();
    if (this.correcting) void this.focusOn("#f-topic");
  }

  private addTopic(): void {
    if (this.course.phase === "done") return this.course.again();
    if (this.course.phase !== "typing") return;
    const empty = draft.parts.findIndex((part) => !part.sent && part.empty);
    if (empty >= 0) draft.show(empty);
    else draft.addPart();
    void this.focusOn("#f-note");
  }

  private toggleDanger(): void {
    if (this.course.phase === "done") this.course.again(); // of the same call: what was sent keeps its content
    if (this.course.phase === "done" || this.course.phase === "loading") return;
    this.danger.toggle(draft);
    void this.focusOn(this.danger.open ? "#danger-title" : "#f-note");
  }

  // ---- The telephony.

  private get strip(): PhoneStrip | null {
    return this.querySelector("bn-phone");
  }

  private phoneChanged(): void {
    this.redraw();
    (this.querySelector("bn-callbacks") as Partial<CallbacksDialog> | null)?.changed?.();
  }

  private async beginPhone(): Promise<void> {
    await this.phone.begin();
    if (this.phone.callbacks > 0) void this.callbacks.load(); // one may be this person's own
  }

  // The dialogs come after the screen (screens.ts): a key that is faster waits for them, unless another comes meanwhile.
  private async dialog<T extends HTMLElement>(name: string): Promise<T | null> {
    const { pressed } = this;
    if (session.rest === "missing") this.course.say(commonWords.restMissing);
    await customElements.whenDefined(name);
    return pressed === this.pressed && !document.querySelector("dialog[open]") ? this.querySelector<T>(name) : null;
  }

  private async find(): Promise<void> {
    (await this.dialog<FindDialog>("bn-find"))?.open(draft.fields.phone.trim());
  }

  private async showCallbacks(): Promise<void> {
    const dialog = await this.dialog<CallbacksDialog>("bn-callbacks");
    if (!dialog) return;
    dialog.model = this.callbacks;
    dialog.queueLabel = (code) => this.phone.queueLabel(code);
    dialog.onDialled = (number) => this.course.dialled(number);
    void dialog.open();
  }

  // ---- Drafts of this and of other screens.

  private heard(message: LiveMessage): void {
    if (message.type === "hello") {
      for (const part of draft.parts) if (part.proposalLost) part.ask();
      void keeping.flush();
      void keeping.endAll();
    }
    if (message.type === "resync") void session.refresh();
    if (message.type === "draft") void this.course.lookForDrafts(false);
    this.phone.heard(message);
  }

  private async showDrafts(): Promise<void> {
    const dialog = await this.dialog<DraftsDialog>("bn-drafts");
    if (!dialog || !(await this.course.settleDown())) return;
    dialog.except = draft.key;
    dialog.onResume = (header) => void this.course.resume(header);
    void dialog.open();
  }

  private async qualify(): Promise<void> {
    const dialog = await this.dialog<QualifyDialog>("bn-qualify");
    if (!dialog || this.course.phase !== "typing") return;
    dialog.settle = (qualified) => this.course.settle(qualified);
    dialog.open();
  }
}
customElements.define("bn-operator", OperatorScreen);
