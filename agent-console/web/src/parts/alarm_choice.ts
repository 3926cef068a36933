// Whether dangers are heard and notified: both are off until asked for.
import { html } from "lit";
import type { TemplateResult } from "lit";
import { unitWords } from "#words/unit.js";
import type { Settings } from "../settings.js";

const words = unitWords.alarm;

export function alarmChoice(settings: Settings): TemplateResult {
  const { alarm } = settings;
  const pressed = (on: boolean): string => (on ? "true" : "false");
  return html`<div class="chips settings" role="group" aria-label=${words.label}>
    <button type="button" class="button chip ${alarm.asleep ? "asks" : ""}" data-sound title=${words.soundHint} aria-pressed=${pressed(alarm.sound && !alarm.asleep)} @click=${() => settings.toggleSound()}>
      ${alarm.asleep ? words.asleep : words.sound}</button>
    <button type="button" class="button chip" title=${words.noticesHint} aria-pressed=${pressed(alarm.notices)} @click=${() => void settings.toggleNotices()}>${words.notices}</button>
  </div>`;
}
