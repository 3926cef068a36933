// The base of all screens: Lit in the light DOM (one style sheet, no style that a strict CSP would block), with
// plain fields and an explicit `redraw`.
import { LitElement } from "lit";
import type { Problem } from "./api.js";
import { commonWords } from "#words/common.js";

export abstract class View extends LitElement {
  private readonly endings: (() => void)[] = [];

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  // Undone when the element leaves the page.
  protected until(ending: () => void): void {
    this.endings.push(ending);
  }

  protected listenTo(target: EventTarget, type: string, listener: (event: Event) => void): void {
    target.addEventListener(type, listener);
    this.until(() => target.removeEventListener(type, listener));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const ending of this.endings.splice(0)) ending();
  }

  protected redraw(): void {
    this.requestUpdate();
  }

  // What its screen tells a part, at each of the screen's own renderings: the part renders again where it is not the same.
  tell(facts: Partial<this>): void {
    for (const [name, value] of Object.entries(facts)) {
      const fields = this as unknown as Record<string, unknown>;
      if (JSON.stringify(fields[name]) === JSON.stringify(value)) continue;
      fields[name] = value;
      this.redraw();
    }
  }

  protected async focusOn(selector: string): Promise<void> {
    await this.updateComplete;
    this.querySelector<HTMLElement>(selector)?.focus();
  }
}

// What a refusal says to people: the server's own words where it has some.
export function explain(problem: Problem): string {
  if (problem.detail) return problem.detail;
  switch (problem.code) {
    case "offline":
      return commonWords.problem.offline;
    case "timed_out":
      return commonWords.problem.timed_out;
    case "busy":
      return commonWords.problem.busy;
    case "forbidden":
      return commonWords.problem.forbidden;
    case "not_found":
      return commonWords.problem.not_found;
    default:
      return commonWords.problem.http(problem.status);
  }
}

// A function key or a Ctrl combination, as "F2", "Shift+F8", "Ctrl+Enter". Bare letters are never shortcuts
// (WCAG 2.1.4).
export function keyName(event: KeyboardEvent): string {
  const parts: string[] = [];
  if (event.ctrlKey || event.metaKey) parts.push("Ctrl");
  if (event.shiftKey) parts.push("Shift");
  if (event.altKey) parts.push("Alt");
  parts.push(event.key);
  return parts.join("+");
}
