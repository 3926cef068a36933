// <bn-time at="ISO" mode="age|left|lease">: a time that moves by itself, once a second, without any screen rendering again.
import { duration, exactMoment, now_ms } from "../clock.js";
import { commonWords } from "#words/common.js";

const shown = new Set<BnTime>();
let ticker: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  for (const element of shown) element.refresh();
}

const soon_s = 3600;

export class BnTime extends HTMLElement {
  static readonly observedAttributes = ["at", "mode"];

  connectedCallback(): void {
    shown.add(this);
    ticker ??= setInterval(tick, 1000);
    this.refresh();
  }

  disconnectedCallback(): void {
    shown.delete(this);
    if (shown.size === 0) {
      clearInterval(ticker);
      ticker = undefined;
    }
  }

  attributeChangedCallback(): void {
    if (!this.isConnected) return;
    this.refresh();
  }

  refresh(): void {
    const at = this.getAttribute("at") ?? "";
    const time = Date.parse(at);
    if (Number.isNaN(time)) {
      this.say(commonWords.none, "");
      return;
    }
    const left_s = (time - now_ms()) / 1000;
    const title = exactMoment(at);
    const mode = this.getAttribute("mode");
    if (mode === "left") {
      this.classList.toggle("is-late", left_s < 0);
      this.classList.toggle("is-soon", left_s >= 0 && left_s < soon_s);
      this.say(left_s < 0 ? commonWords.time.late(duration(-left_s)) : commonWords.time.left(duration(left_s)), title);
    } else if (mode === "lease") {
      this.say(commonWords.time.countdown(Math.max(0, Math.floor(left_s))), title);
    } else {
      this.say(duration(-left_s), title);
    }
  }

  private say(text: string, title: string): void {
    if (this.textContent !== text) this.textContent = text;
    if (this.title !== title) this.title = title;
  }
}
customElements.define("bn-time", BnTime);
