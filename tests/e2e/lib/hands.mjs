// A person without a mouse: keys alone. Each step of the focus is looked at: it can be seen, and nothing lies over it (WCAG 2.2, 2.4.7 and
// 2.4.11).
import assert from "node:assert/strict";

const far = 250; // Tabs; no screen has more to step through

// Runs in the page before its own scripts.
export const noMouse = () => {
  globalThis.touched = [];
  for (const type of ["pointerdown", "mousedown", "touchstart"]) addEventListener(type, (event) => event.isTrusted && globalThis.touched.push(type), true);
};

// A day to come within a year, the same in each order of day and month.
export function someDay() {
  const now = new Date();
  const early = now < new Date(now.getFullYear(), 5, 1);
  return early ? `0606${now.getFullYear()}` : now < new Date(now.getFullYear(), 11, 1) ? `1212${now.getFullYear()}` : `0606${now.getFullYear() + 1}`;
}

// What has the focus now, or why it cannot be seen.
function look() {
  const at = document.activeElement;
  if (!at || at === document.body) return { where: "", fault: "" };
  const name = `${at.tagName.toLowerCase()}${at.id ? `#${at.id}` : ""} ${(at.getAttribute("aria-label") ?? at.innerText ?? "").slice(0, 40)}`;
  const text = (at.getAttribute("aria-label") ?? at.innerText ?? "").replace(/\s+/g, " ").trim();
  const shown = { where: at.id, name, text, tag: at.tagName, fault: "" };
  // A radio button in a chip: the chip shows it.
  const face = at.matches("input[type=radio], input[type=checkbox]") ? (at.closest("label") ?? at) : at;
  const ring = [at, face, ...face.children].some((one) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  });
  if (!ring) return { ...shown, fault: `${name}: the focus cannot be seen` };
  const box = face.getBoundingClientRect();
  const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
  const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
  if (right - left < 1 || bottom - top < 1) return { ...shown, fault: `${name}: outside of the window` };
  const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  if (!over || !(face.contains(over) || over.contains(face))) return { ...shown, fault: `${name}: under ${over?.className || over?.tagName}` };
  return shown;
}

export class Hands {
  constructor(person) {
    this.page = person.page;
    this.person = person;
  }

  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  type(text) {
    return this.page.keyboard.type(text);
  }

  async look() {
    const seen = await this.page.evaluate(look);
    assert.equal(seen.fault ?? "", "");
    return seen;
  }

  // Tab by Tab (or back) until the focus is on what `wanted` says: an id, or the words of a button or link.
  async to(wanted, key = "Tab") {
    const there = (seen) =>
      wanted instanceof RegExp ? ["BUTTON", "A", "SUMMARY"].includes(seen.tag) && wanted.test(seen.text) : seen.where === wanted.replace(/^#/, "");
    const passed = [];
    for (let i = 0; i < far; ++i) {
      await this.press(key);
      const seen = await this.look();
      if (there(seen)) return seen;
      passed.push(seen.name);
    }
    assert.fail(`no ${wanted} by ${key}; passed ${[...new Set(passed)].join(" | ")}`);
  }

  // A button or link by its words, pressed.
  async choose(wanted) {
    await this.to(wanted);
    await this.press("Enter");
  }

  // The select that has the focus: down to the option of these words.
  async pick(words) {
    const chosen = () => this.page.evaluate(() => document.activeElement.selectedOptions?.[0]?.innerText.trim() ?? "no select");
    let before;
    for (let now = await chosen(); !words.test(now); now = await chosen()) {
      assert.notEqual(now, before, `no option ${words}`);
      before = now;
      await this.press("ArrowDown");
    }
  }

  async fill(id, text) {
    await this.to(id);
    await this.press("Control+A");
    await this.type(text);
  }

  // No hand on a mouse since the page was loaded, and nothing that no page may do.
  async clean() {
    assert.deepEqual(this.person.faults, []);
    assert.deepEqual(await this.page.evaluate(() => globalThis.touched), []);
  }
}
