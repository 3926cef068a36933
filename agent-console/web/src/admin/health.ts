// How the service is, now.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { now_ms } from "../clock.js";
import { commonWords, locale } from "#words/common.js";
import { adminWords } from "#words/admin.js";
import { definitions, meaning, type Meaning } from "../parts/definitions.js";
import { bytes, cell, heading, Part, table } from "./part.js";
import type { Health } from "./types.js";

const words = adminWords.health;
const again_ms = 10_000;
const scarce = 0.1; // of the disk
const stale_ms = 36 * 3_600_000; // of a backup: a nightly one that was missed

type Figure = keyof typeof words.define;
const shown: readonly Figure[] = ["dossiers", "seq", "outbox", "aside", "disk", "backup", "program"];
const said = (figure: Figure): Meaning => meaning(words[figure], words.define[figure]);
const number = (figure: Figure): TemplateResult => heading(words[figure], "n", words.define[figure]);

export class HealthPart extends Part {
  private state: Health | undefined;
  private at = "";

  override connectedCallback(): void {
    super.connectedCallback();
    this.every(again_ms);
  }

  protected override render() {
    const { state } = this;
    return html`${this.notices()} ${this.waiting()}
      ${state
        ? html`${this.readiness(state)} ${this.tiles(state)} ${this.pbxs(state)} ${this.files(state)} ${this.webhooks(state)}
            <p class="quiet small">${words.asOf} <bn-time at=${this.at}></bn-time></p>`
        : nothing}`;
  }

  private readiness(state: Health): TemplateResult {
    if (state.ready) return html`<p class="notice ok"><strong>${words.ready}</strong></p>`;
    return html`<div class="notice error"><p><strong>${words.notReady}</strong></p><ul class="plain-list">${state.reasons.map((reason) => html`<li>${reason}</li>`)}</ul></div>`;
  }

  private tiles(state: Health): TemplateResult {
    const tile = (figure: Figure, value: unknown, mark = "", under: unknown = nothing): TemplateResult =>
      html`<div class="tile ${mark}" title=${words.define[figure]}><dt>${words[figure]}</dt><dd>${value}${under === nothing ? nothing : html` <span class="under">${under}</span>`}</dd></div>`;
    const { router, disk, backup } = state;
    const full = disk !== null && disk.free < disk.total * scarce;
    const old = backup === null || now_ms() - Date.parse(backup.at) > stale_ms;
    return html`<dl class="tiles health-tiles">
      ${tile("dossiers", state.queue.dossiers.toLocaleString(locale))} ${tile("seq", state.queue.seq.toLocaleString(locale))}
      ${tile(
        "outbox",
        router.outbox_waiting,
        router.outbox_danger > 0 ? "alarm" : router.outbox_waiting > 0 ? "warn" : "",
        router.outbox_oldest ? html`${words.outboxOldest} <bn-time at=${router.outbox_oldest}></bn-time>` : nothing,
      )}
      ${tile("aside", router.outbox_aside, router.outbox_aside > 0 ? "warn" : "")}
      ${tile("disk", disk ? bytes(disk.free) : commonWords.none, full ? "warn" : "", disk ? words.diskOf(bytes(disk.free), bytes(disk.total)) : nothing)}
      ${tile("backup", backup ? html`${words.backupAgo} <bn-time at=${backup.at}></bn-time>` : commonWords.none, old ? "warn" : "", backup ? bytes(backup.bytes) : words.noBackup)}
      ${tile("program", html`<span class="mono small-figure">${state.program}</span>`)}
    </dl>
    ${definitions(shown.map(said))}`;
  }

  private pbxs(state: Health): TemplateResult {
    const { pbxs } = state.calls;
    return html`<section aria-labelledby="pbxs-title">
      <h2 id="pbxs-title">${words.pbxs}</h2>
      ${pbxs.length === 0
        ? html`<p class="quiet">${words.noPbxs}</p>`
        : table(
            words.pbxs,
            [heading(words.pbx), heading(words.pbxKind), heading(words.pbxState), number("events"), number("malformed"), number("reconnects")],
            pbxs.map(
              (one) => html`<tr role="row">
                <th role="rowheader" scope="row">${one.code}</th>
                ${cell(words.pbxKind, words.pbxKinds[one.kind])}
                ${cell(
                  words.pbxState,
                  html`<span class="badge ${one.up ? "ok" : "error"}">${one.up ? words.pbxUp : words.pbxDown}</span> ${one.since ? html`<span class="quiet">${words.pbxSince} <bn-time at=${one.since}></bn-time></span>` : nothing} ${one.trouble}`,
                  "wide",
                )}
                ${cell(words.events, one.events.toLocaleString(locale), "n")} ${cell(words.malformed, one.malformed, one.malformed > 0 ? "n warn" : "n")} ${cell(words.reconnects, one.reconnects, "n")}
              </tr>`,
            ),
          )}
      ${pbxs.length === 0 ? nothing : definitions([said("events"), said("malformed"), said("reconnects")])}
    </section>`;
  }

  private files(state: Health): TemplateResult {
    return html`<section aria-labelledby="files-title">
      <h2 id="files-title">${words.files}</h2>
      <dl class="facts">${[...state.files].sort((a, b) => a.name.localeCompare(b.name)).map((file) => html`<dt class="mono">${file.name}</dt><dd>${bytes(file.bytes)}</dd>`)}</dl>
    </section>`;
  }

  private webhooks(state: Health): TemplateResult {
    return html`<section aria-labelledby="webhooks-title">
      <h2 id="webhooks-title">${words.webhooks}</h2>
      ${state.webhooks.length === 0
        ? html`<p class="quiet">${words.noWebhooks}</p>`
        : table(
            words.webhooks,
            [heading(words.endpoint), number("waiting"), number("parked"), number("sent"), heading(words.lastError)],
            state.webhooks.map(
              (one) => html`<tr role="row">
                <th role="rowheader" scope="row">${one.name} ${one.enabled ? nothing : html`<span class="badge off">${words.off}</span>`}</th>
                ${cell(words.waiting, one.waiting, "n")} ${cell(words.parked, one.parked, one.parked > 0 ? "n warn" : "n")} ${cell(words.sent, one.sent, "n")} ${cell(words.lastError, one.last_error || commonWords.none)}
              </tr>`,
            ),
          )}
      ${state.webhooks.length === 0 ? nothing : definitions([said("waiting"), said("parked"), said("sent")])}
    </section>`;
  }

  protected override async load(): Promise<void> {
    const state = await this.fetch<Health>("admin/health");
    if (state) {
      this.state = state;
      this.at = new Date(now_ms()).toISOString();
      this.failed = "";
    }
    this.redraw();
  }
}
customElements.define("bn-health", HealthPart);
