// <bn-chart>: one curve or more over the last two hours, drawn by uPlot on a canvas; the same in a sentence for whoever does not see it.
import { locale } from "#words/common.js";
import { html, nothing } from "lit";
import uPlot from "uplot";
import { boardWords } from "#words/board.js";
import { View } from "../view.js";
import { span_ms } from "./curves.js";

export interface Curve {
  label: string;
  colour: "accent" | "warn" | "danger";
  values: readonly (number | null)[];
}
const height_px = 150;
const dashes: Record<Curve["colour"], number[]> = { accent: [], warn: [6, 4], danger: [2, 3] }; // colour never speaks alone

export class Chart extends View {
  label = "";
  times: readonly number[] = []; // Unix time, ms
  curves: readonly Curve[] = [];
  private plot: uPlot | undefined;
  private drawn = "";
  private readonly resized = new ResizeObserver(() => this.resize());

  override connectedCallback(): void {
    super.connectedCallback();
    const anew = (): void => this.draw(true);
    for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)", "(prefers-contrast: more)"]) this.listenTo(matchMedia(query), "change", anew);
    this.until(() => this.erase());
  }

  protected override render() {
    return html`<figure class="chart">
      <figcaption><strong>${this.label}</strong>
        <ul>${this.curves.map((curve) => html`<li><span class="stroke ${curve.colour}" aria-hidden="true"></span>${this.sentence(curve)}</li>`)}</ul>
      </figcaption>
      <div class="canvas" aria-hidden="true"></div>
      ${this.times.length < 2 ? html`<p class="quiet">${boardWords.curves.short}</p>` : nothing}
    </figure>`;
  }

  protected override updated(): void {
    this.draw(false);
  }

  private sentence({ label, values }: Curve): string {
    const known = values.filter((value) => value !== null);
    return boardWords.curves.summary(label, known.at(-1) ?? 0, known[0] ?? 0, Math.max(0, ...known));
  }

  private erase(): void {
    this.resized.disconnect();
    this.plot?.destroy();
    this.plot = undefined;
    this.drawn = "";
  }

  private draw(anew: boolean): void {
    const shape = this.curves.map(({ label, colour }) => label + colour).join();
    if (anew || shape !== this.drawn) this.erase();
    const until = (this.times.at(-1) ?? 0) / 1000;
    const values = [this.times.map((time) => time / 1000), ...this.curves.map((curve) => [...curve.values])] as uPlot.AlignedData;
    if (!this.plot) {
      const canvas = this.querySelector<HTMLElement>(".canvas");
      if (!canvas || this.times.length === 0) return;
      this.plot = new uPlot(this.options(canvas.clientWidth || 300), values, canvas);
      this.drawn = shape;
      this.resized.observe(canvas);
    } else {
      this.plot.setData(values, false);
    }
    this.plot.setScale("x", { min: until - span_ms / 1000, max: until });
    this.plot.setScale("y", { min: 0, max: this.top() });
  }

  // Whole numbers of things: never a scale of one half.
  private top(): number {
    return Math.max(4, ...this.curves.flatMap(({ values }) => values.map((value) => Math.ceil((value ?? 0) * 1.1))));
  }

  private resize(): void {
    const canvas = this.querySelector<HTMLElement>(".canvas");
    if (this.plot && canvas && canvas.clientWidth > 0 && this.plot.width !== canvas.clientWidth) this.plot.setSize({ width: canvas.clientWidth, height: height_px });
  }

  private options(width: number): uPlot.Options {
    const style = getComputedStyle(this);
    const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim() || style.color;
    const forced = matchMedia("(forced-colors: active)").matches;
    const axis = { stroke: style.color, font: `12px ${style.fontFamily}`, grid: { stroke: forced ? "GrayText" : colour("line"), width: 1 }, ticks: { show: false } };
    const hour = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
    return {
      width,
      height: height_px,
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { auto: false, time: true }, y: { auto: false } },
      axes: [
        { ...axis, size: 24, values: (_plot, splits) => splits.map((time) => hour.format(time * 1000)) },
        { ...axis, size: 36, space: 28, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000] },
      ],
      series: [{}, ...this.curves.map((curve) => ({ label: curve.label, stroke: forced ? style.color : colour(curve.colour), width: 2, dash: dashes[curve.colour], points: { show: false }, spanGaps: false }))],
    };
  }
}
customElements.define("bn-chart", Chart);
