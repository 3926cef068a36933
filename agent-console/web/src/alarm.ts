// A danger that nobody has acknowledged makes itself heard and seen, where the person wants that: a sound made by the browser, and a
// notification that says nothing of the request, for it shows on a locked screen. Both are off until asked for, and end with the login.
import { commonWords } from "#words/common.js";
import { unitWords } from "#words/unit.js";

const again_ms = 60_000;
const notes_hz: readonly number[] = [880, 660, 880];
const note_s = 0.16;
const loudness = 0.2;

export class Alarm {
  private context: AudioContext | undefined;
  private noticesOn = false;
  private again: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly changed: () => void) {}

  // Wanted, and the browser does not let it be heard yet.
  get asleep(): boolean {
    return this.context?.state === "suspended";
  }

  get sound(): boolean {
    return this.context !== undefined;
  }

  get notices(): boolean {
    return this.noticesOn;
  }

  // As the person left them. Browsers allow a sound only after a click or a key: the first one on this page wakes it. That of the sound's
  // own button is left to the button, which would else undo it.
  restore(sound: boolean, notices: boolean): void {
    if (sound && !this.context) {
      const context = (this.context = new AudioContext());
      context.onstatechange = () => this.changed();
      const own = (target: EventTarget | null): boolean => target instanceof Element && target.closest("[data-sound]") !== null;
      const wake = (event: Event): void => {
        if (own(event.target) && context.state === "suspended") return;
        for (const type of ["keydown", "pointerdown"]) document.removeEventListener(type, wake);
        if (context.state === "suspended") void context.resume();
      };
      for (const type of ["keydown", "pointerdown"]) document.addEventListener(type, wake);
    }
    this.noticesOn = notices && "Notification" in window && Notification.permission === "granted";
  }

  // Plays it once, so that one hears what one has chosen.
  setSound(on: boolean): void {
    void this.context?.close();
    const context = (this.context = on ? new AudioContext() : undefined);
    void context?.resume().then(() => context === this.context && this.play());
  }

  // Plays it once, too.
  wake(): void {
    const { context } = this;
    void context?.resume().then(() => context === this.context && this.play());
  }

  // False: the browser or the person does not allow it.
  async setNotices(on: boolean): Promise<boolean> {
    this.noticesOn = on && "Notification" in window && (await Notification.requestPermission()) === "granted";
    return this.noticesOn === on;
  }

  // How many are open now: while there are some, the sound comes again.
  watch(open: number): void {
    if (open === 0) {
      clearInterval(this.again);
      this.again = undefined;
    } else {
      this.again ??= setInterval(() => this.play(), again_ms);
    }
  }

  // A new one, or one that has climbed.
  raise(): void {
    this.play();
    if (!this.noticesOn || document.hasFocus()) return;
    const notice = new Notification(commonWords.app, { body: unitWords.alarm.notice, icon: "/icon.svg", tag: "bannette-danger" });
    notice.onclick = () => {
      window.focus();
      notice.close();
    };
  }

  end(): void {
    this.watch(0);
    this.noticesOn = false;
    this.setSound(false);
  }

  private play(): void {
    const { context } = this;
    if (!context || context.state !== "running") return; // what is not heard now must not be heard later, all at once
    notes_hz.forEach((frequency, index) => {
      const begin = context.currentTime + index * note_s * 1.25;
      const tone = context.createOscillator();
      const volume = context.createGain();
      tone.frequency.value = frequency;
      volume.gain.setValueAtTime(0, begin);
      volume.gain.linearRampToValueAtTime(loudness, begin + 0.02); // without a click
      volume.gain.linearRampToValueAtTime(0, begin + note_s);
      tone.connect(volume).connect(context.destination);
      tone.start(begin);
      tone.stop(begin + note_s);
    });
  }
}
