// Time that passes only when told to (node:test's own mock timers differ between Node 18 and 20).
export class Timers {
  private readonly due = new Map<number, { at: number; run: () => void }>();
  private now = 0;
  private last = 0;
  private readonly real = { set: globalThis.setTimeout, clear: globalThis.clearTimeout, now: Date.now };

  constructor() {
    const begin = Date.now();
    globalThis.setTimeout = ((run: () => void, after: number) => {
      this.due.set(++this.last, { at: this.now + after, run });
      return this.last;
    }) as unknown as typeof setTimeout;
    globalThis.clearTimeout = ((id: number) => void this.due.delete(id)) as unknown as typeof clearTimeout;
    Date.now = () => begin + this.now;
  }

  tick(ms: number): void {
    this.now += ms;
    for (const [id, timer] of [...this.due]) {
      if (timer.at > this.now) continue;
      this.due.delete(id);
      timer.run();
    }
  }

  reset(): void {
    globalThis.setTimeout = this.real.set;
    globalThis.clearTimeout = this.real.clear;
    Date.now = this.real.now;
  }
}

// Everything that waits for nothing but promises has run.
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 40; ++turn) await Promise.resolve();
  await new Promise((done) => setImmediate(done));
}
