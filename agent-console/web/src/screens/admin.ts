// Administration: one section at a time, behind tabs (WAI-ARIA APG, "Tabs", with automatic activation). The auditor has the audit alone.
import { html } from "lit";
import type { TemplateResult } from "lit";
import "../admin/accounts.js";
import "../admin/audit.js";
import "../admin/configuration.js";
import "../admin/health.js";
import "../admin/sessions.js";
import "../admin/tokens.js";
import "../admin/units.js";
import { adminWords } from "#words/admin.js";
import { toggleKeys } from "../parts/key_help.js";
import { session } from "../session.js";
import { keyName, View } from "../view.js";

type Section = keyof typeof adminWords.tabs;
const sections: Section[] = ["accounts", "sessions", "tokens", "units", "configuration", "health", "audit"];

class AdminScreen extends View {
  private section: Section = "accounts";

  override connectedCallback(): void {
    super.connectedCallback();
    this.listenTo(document, "keydown", (event) => this.help(event as KeyboardEvent));
  }

  protected override render() {
    if (session.user?.role === "auditor") {
      return html`<div class="admin"><div class="screen-head"><h1>${adminWords.auditTitle}</h1></div><bn-audit></bn-audit></div>`;
    }
    return html`<div class="admin">
      <div class="screen-head"><h1>${adminWords.title}</h1></div>
      <div class="tabs" role="tablist" aria-label=${adminWords.sections} @keydown=${this.keys}>
        ${sections.map(
          (name) => html`<button type="button" role="tab" class="tab" id="tab-${name}" aria-selected=${name === this.section ? "true" : "false"} aria-controls="panel"
            tabindex=${name === this.section ? 0 : -1} @click=${() => this.open(name)}>${adminWords.tabs[name]}</button>`,
        )}
      </div>
      <div class="panel" role="tabpanel" id="panel" aria-labelledby="tab-${this.section}">${this.panel()}</div>
    </div>`;
  }

  private panel(): TemplateResult {
    switch (this.section) {
      case "accounts":
        return html`<bn-accounts></bn-accounts>`;
      case "sessions":
        return html`<bn-sessions></bn-sessions>`;
      case "tokens":
        return html`<bn-tokens></bn-tokens>`;
      case "units":
        return html`<bn-units></bn-units>`;
      case "configuration":
        return html`<bn-configuration></bn-configuration>`;
      case "health":
        return html`<bn-health></bn-health>`;
      case "audit":
        return html`<bn-audit></bn-audit>`;
    }
  }

  private open(section: Section): void {
    this.section = section;
    this.redraw();
  }

  private help(event: KeyboardEvent): void {
    if (keyName(event) !== "F1") return;
    event.preventDefault();
    toggleKeys(adminWords.help(session.user?.role === "auditor"));
  }

  private keys(event: KeyboardEvent): void {
    const at = sections.indexOf(this.section);
    const last = sections.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
    const section = to === undefined ? undefined : sections[to];
    if (!section) return;
    event.preventDefault();
    this.open(section);
    void this.focusOn(`#tab-${section}`);
  }
}
customElements.define("bn-admin", AdminScreen);
