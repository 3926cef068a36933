// What follows an agent from one PC to another, and what the screen makes of it: saved views, alerts of danger, colleagues.
import { Alarm } from "./alarm.js";
import { get } from "./api.js";
import { unitWords } from "#words/unit.js";
import { keepPreferences, loadPreferences, none } from "./preferences.js";
import type { Preferences } from "./preferences.js";
import type { User } from "./types.js";

export class Settings {
  readonly alarm = new Alarm(() => this.changed(""));
  preferences: Preferences = none;
  colleagues: readonly User[] = [];

  private ended = false;

  // `said`: what the person must read, or nothing.
  constructor(private readonly changed: (said: string) => void) {}

  async load(): Promise<void> {
    const preferences = await loadPreferences();
    if (this.ended) return; // logged out meanwhile
    this.preferences = preferences;
    this.alarm.restore(preferences.sound, preferences.notices);
    this.changed("");
  }

  // Those to whom one may give dossiers.
  async loadColleagues(): Promise<void> {
    const answer = await get<{ items: User[] }>("colleagues");
    if (answer.ok) this.colleagues = answer.value.items.filter(({ role }) => role === "agent" || role === "manager");
    this.changed("");
  }

  end(): void {
    this.ended = true;
    this.alarm.end();
  }

  async prefer(change: Partial<Preferences>): Promise<void> {
    this.preferences = { ...this.preferences, ...change };
    this.changed("");
    if (!(await keepPreferences(this.preferences))) this.changed(unitWords.views.lost);
  }

  toggleSound(): void {
    if (this.alarm.asleep) return this.alarm.wake();
    const sound = !this.alarm.sound;
    this.alarm.setSound(sound);
    void this.prefer({ sound });
  }

  async toggleNotices(): Promise<void> {
    const notices = !this.alarm.notices;
    if (await this.alarm.setNotices(notices)) await this.prefer({ notices });
    else this.changed(unitWords.alarm.refused);
  }
}
