// The telephone line: who waits, for how long, and what the posts do. A supervisor sees who sits at a post; the wall does not.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { commonWords, locale } from "#words/common.js";
import { boardWords } from "#words/board.js";
import { ago } from "../parts/badges.js";
import { definitionList, shown, tile, unbroken } from "./figures.js";
import type { CallsNow, Definition, PostNow, PostState, Waits } from "./types.js";

const words = boardWords.line;
const busy: readonly PostState[] = ["ringing", "talking", "held", "wrap_up"];
const order: readonly PostState[] = ["talking", "held", "ringing", "wrap_up", "free", "paused", "unavailable", "unknown"];

export interface LineSums {
  callers: number;
  oldest: string | null;
  talking: number;
  free: number;
  busy: number;
  paused: number;
  present: number; // posts that work or could
}
export function lineSums(calls: CallsNow): LineSums {
  const of = (states: readonly PostState[]): number => calls.posts.filter(({ state }) => states.includes(state)).length;
  return {
    callers: calls.lines.reduce((sum, { waiting }) => sum + waiting, 0),
    oldest: calls.lines.map(({ oldest }) => oldest).filter((at) => at !== null).sort()[0] ?? null,
    talking: of(["talking", "held"]),
    free: of(["free"]),
    busy: of(busy),
    paused: of(["paused"]),
    present: of(["free", ...busy]),
  };
}

// By code: the server's own definition, else nothing.
export const defined = (waits: Waits | undefined, code: string): Definition | undefined => waits?.definitions.find((each) => each.code === code);

const now_codes = {
  waiting_now: words.callers, longest_wait_now: words.longest, talking_now: words.talking, posts_free_now: words.free, posts_busy_now: words.busy,
  posts_paused_now: words.paused, callbacks_open_now: words.callbacks,
};
const today_codes = ["offered", "answered", "abandoned", "abandoned_short", "service_level_offered", "service_level_net", "wait_average", "wait_p90", "handling_average", "occupancy", "people_served"];

// Under the words of its tile, where these are other ones.
const named = (definition: Definition | undefined, label: string): Definition[] => (definition ? [{ ...definition, label: label || definition.label }] : []);

export function lineView(calls: CallsNow | undefined, waits: Waits | undefined): TemplateResult {
  return html`<section class="line-now" aria-labelledby="line-title">
    <h2 id="line-title">${words.title}</h2>
    ${calls?.telephony ? withTelephony(calls, waits) : html`<p class="quiet">${words.none}</p>`}
  </section>`;
}

function withTelephony(calls: CallsNow, waits: Waits | undefined): TemplateResult {
  const sums = lineSums(calls);
  const text = (code: string): string => defined(waits, code)?.text ?? "";
  const down = calls.pbxs?.filter(({ up }) => !up) ?? [];
  return html`${down.map(({ code, trouble }) => html`<p class="notice error">${words.down(code)} ${trouble ?? ""}</p>`)}
    <dl class="tiles">
      ${tile(words.callers, sums.callers, text("waiting_now"), sums.callers > 0 ? "busy" : "")}
      ${tile(words.longest, sums.oldest ? ago(sums.oldest) : commonWords.none, text("longest_wait_now"))}
      ${tile(words.talking, sums.talking, text("talking_now"))} ${tile(words.free, sums.free, text("posts_free_now"), sums.free === 0 && sums.callers > 0 ? "warn" : "")}
      ${tile(words.busy, sums.busy, text("posts_busy_now"))} ${tile(words.paused, sums.paused, text("posts_paused_now"))}
      ${tile(words.callbacks, calls.callbacks, text("callbacks_open_now"))}
    </dl>
    ${calls.lines.length > 1 ? queuesView(calls) : nothing}
    <h3 id="posts-title">${words.posts}</h3>
    <ul class="posts" aria-labelledby="posts-title">${[...calls.posts].sort(byState).map((post) => postView(post, calls))}</ul>
    ${todayView(waits)}
    ${definitionList([...Object.entries(now_codes), ...today_codes.map((code) => [code, ""] as const)].flatMap(([code, label]) => named(defined(waits, code), label)))}`;
}

function byState(a: PostNow, b: PostNow): number {
  return order.indexOf(a.state) - order.indexOf(b.state) || a.name.localeCompare(b.name, locale, { numeric: true });
}

function queuesView(calls: CallsNow): TemplateResult {
  return html`<ul class="queues" aria-label=${words.queues}>
    ${calls.lines.map(({ label, queue, waiting, oldest }) => html`<li><strong>${waiting}</strong> ${label || queue} ${oldest ? html`<span class="quiet">${ago(oldest)}</span>` : nothing}</li>`)}
  </ul>`;
}

function postView(post: PostNow, calls: CallsNow): TemplateResult {
  const pause = post.pause ? (calls.pauses.find(({ code }) => code === post.pause)?.label ?? post.pause) : "";
  return html`<li class="post post-${post.state}">
    <span class="post-name">${post.name || post.code}</span>
    <span class="post-state"><span class="dot" aria-hidden="true"></span>${words.states[post.state] ?? post.state}${pause ? ` : ${pause}` : ""} ${post.since ? ago(post.since) : nothing}</span>
    <span class="quiet">${post.person ?? words.nobody}</span>
  </li>`;
}

function todayView(waits: Waits | undefined): TemplateResult | typeof nothing {
  const figures = waits?.rows.at(-1)?.figures;
  if (!figures) return nothing;
  const tiles = today_codes.flatMap((code) => {
    const definition = defined(waits, code);
    const figure = figures.find((each) => each.code === code);
    return definition && figure ? [tile(unbroken(definition.label), shown(figure.value, definition.unit), definition.text)] : [];
  });
  return html`<h3>${words.today}</h3><dl class="tiles small">${tiles}</dl>`;
}
