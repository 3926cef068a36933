// What to ask for the topic that is likely, as the site's consignes say, each with its usual answers. An answer becomes a line of the
// note; what was answered for another topic before stays.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { live as liveValue } from "lit/directives/live.js";
import { answerKey } from "../composed.js";
import type { Draft } from "../draft.js";
import { operatorWords as words } from "#words/operator.js";
import { session } from "../session.js";
import type { Guide, Question } from "../types.js";

export const guideOf = (topic: string): Guide | undefined => session.consignes.guides.find((guide) => guide.topic === topic);

// While somebody answers, the questions stay as they are, although an answer may make another topic likely.
export function questionsOf(draft: Draft): TemplateResult | typeof nothing {
  const { part } = draft;
  if (!document.activeElement?.closest(".questions") || part.askedAbout === "") part.askedAbout = part.topic;
  const guide = guideOf(part.askedAbout);
  if (!guide || guide.questions.length === 0) return nothing;
  return html`<section class="step questions" aria-labelledby="questions-title">
    <h2 id="questions-title">${words.questions.title} <span class="of">${session.topic(guide.topic)}</span></h2>
    <div class="question-grid">${guide.questions.map((question) => one(draft, guide, question))}</div>
  </section>`;
}

function one(draft: Draft, guide: Guide, question: Question): TemplateResult {
  const key = answerKey(guide, question.code);
  const text = draft.part.answers[key]?.text ?? "";
  const id = `q-${question.code}`;
  const hint = question.hint ? html`<span class="hint" id="h-${id}">${question.hint}</span>` : nothing;
  const give = (given: string): void => draft.part.answer(key, question.label, given);
  if (question.choices.length === 0) {
    return html`<div class="question">
      <label for=${id}>${question.text}</label> ${hint}
      <input id=${id} maxlength="300" autocomplete="off" .value=${liveValue(text)} aria-describedby=${question.hint ? `h-${id}` : nothing}
        @input=${(event: Event) => give((event.target as HTMLInputElement).value)} />
    </div>`;
  }
  return html`<fieldset class="question" aria-describedby=${question.hint ? `h-${id}` : nothing}>
    <legend>${question.text}</legend> ${hint}
    <div class="choices">
      ${question.choices.map((choice, index) => html`<label class="choice ${choice === text ? "is-on" : ""}">
          <input type="radio" id="${id}-${index}" name="${draft.part.key}-${id}" .checked=${liveValue(choice === text)} @change=${() => give(choice)}
            @click=${() => choice === text && give("")} />
          <span>${choice}</span>
        </label>`)}
    </div>
  </fieldset>`;
}
