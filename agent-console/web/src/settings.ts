// What follows an agent from one PC to another, and what the screen makes of it: saved views, alerts of danger, colleagues.
import { Alarm } from "./alarm.js";
import { get } from "./api.js";
import { frUnit } from "./fr/unit.js";
import { keepPreferences, loadPreferences, none } from "./preferences.js";
import type { Preferences } from "./preferences.js";
import type { User } from "./types.js";

export class Settings {
  readonly alarm = new Alarm();
  preferences: Preferences = none;
  colleagues: readonly string[] = [];

  private ended = false;

  // `said`: what the person must read, or nothing.
  constructor(private readonly changed: (said: string) => void) {}

  async load(): Promise<void> {
    const [preferences, colleagues] = await Promise.all([loadPreferences(), get<{ items: User[] }>("colleagues")]);
    if (this.ended) return; // logged out meanwhile
    this.preferences = preferences;
    if (colleagues.ok) this.colleagues = colleagues.value.items.map(({ name }) => name);
    this.alarm.restore(preferences.sound, preferences.notices);
    this.changed("");
  }

  end(): void {
    this.ended = true;
    this.alarm.end();
  }

  async prefer(change: Partial<Preferences>): Promise<void> {
    this.preferences = { ...this.preferences, ...change };
    this.changed("");
    if (!(await keepPreferences(this.preferences))) this.changed(frUnit.views.lost);
  }

  toggleSound(): void {
    const sound = !this.alarm.sound;
    this.alarm.setSound(sound);
    void this.prefer({ sound });
  }

  async toggleNotices(): Promise<void> {
    const notices = !this.alarm.notices;
    if (await this.alarm.setNotices(notices)) await this.prefer({ notices });
    else this.changed(frUnit.alarm.refused);
  }
}
