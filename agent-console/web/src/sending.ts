// Sends the topics of a call one after the other: what one caller asks for first arrives first. Each has its key, whatever is tried again.
import { post, unknownOutcome } from "./api.js";
import type { Answer, Problem } from "./api.js";
import type { Draft, Part, SentPart } from "./draft.js";
import { operatorWords as words } from "#words/operator.js";
import type { Sent } from "./parts/receipt.js";
import type { Call, Receipt, Recorded } from "./types.js";

const send_timeout_ms = 8_000;

const submit = (call: Call | undefined, key: string): Promise<Answer<Receipt | Recorded>> =>
  post<Receipt | Recorded>("requests", call, { key, timeout_ms: send_timeout_ms });

const taken = (value: Receipt | Recorded): SentPart => value.durable
  ? { reference: value.reference, bannette: value.bannette, at: value.arrived, deadline: value.deadline, outside: "" }
  : { reference: "", bannette: value.bannette, at: value.since, deadline: null, outside: "" };

function settle(draft: Draft, part: Part, sent: SentPart): void {
  part.unknown = false;
  part.sent = sent;
  draft.changed();
}

const linked_most = 8; // that a request may name

// What it was linked to, and what it could not be linked to: a colleague's call that is not there any more, one that has no reference yet.
function links(part: Part, siblings: readonly string[]): Pick<SentPart, "linked" | "apart"> {
  const linked = part.call().linked ?? [];
  return { linked, apart: siblings.filter((reference) => !linked.includes(reference)) };
}

export const toSend = (draft: Draft): Part[] => draft.parts.filter((part) => !part.sent && (!part.empty || draft.parts.length === 1));

// A call that cannot be written in (it was never answered, or is forgotten): the request must go out all the same, as of a call that was
// typed by hand.
const isNoCall = (problem: Problem): boolean => problem.code === "not_found" && problem.field === "call";
const withoutCall = ({ call: _call, linked: _linked, ...rest }: Call): Call => rest;

// The first that was not taken, and why; nothing: all were. `keep` is called before each, so that whoever finds the draft after a crash
// knows that it may have arrived.
export async function sendAll(draft: Draft, keep: () => void): Promise<{ part: Part; problem: Problem } | undefined> {
  for (const part of toSend(draft)) {
    const before = part.unknown;
    const siblings = draft.references;
    if (!before) part.linked = siblings.filter((reference) => reference !== "").slice(-linked_most);
    const call = part.call();
    part.unknown = true;
    draft.onTyped();
    keep();
    let answer = await submit(call, part.key);
    if (!answer.ok && isNoCall(answer.problem)) {
      part.linked = []; // also when it is sent again
      answer = await submit(withoutCall(call), part.key);
    }
    if (answer.ok) settle(draft, part, { ...taken(answer.value), ...links(part, siblings) });
    else if (answer.problem.code === "no_dossier") settle(draft, part, { reference: "", bannette: "", at: "", deadline: null, outside: answer.problem.detail || words.receipt.noDossierText });
    else {
      const { problem } = answer;
      part.unknown = before ? problem.status === 401 || unknownOutcome(problem) : unknownOutcome(problem);
      if (problem.code === "key_expired" || problem.code === "key_reused") draft.rekey(part);
      draft.onTyped();
      return { part, problem };
    }
  }
  return undefined;
}

// Of what was sent; the call itself only while its receipt is still to come.
export const sentOf = (draft: Draft): Sent[] => draft.parts.flatMap((part) => {
  if (!part.sent) return [];
  const open = part.sent.reference === "" && part.sent.outside === "";
  return [{ key: part.key, call: open ? part.call() : undefined, topic: part.topic, part: part.sent, note: "" }];
});

// A request that was only recorded: the same key asks for its receipt.
export async function lookAgain(sent: Sent): Promise<{ sent: Sent } | { problem: Problem | undefined }> {
  let answer = await submit(sent.call, sent.key);
  if (!answer.ok && isNoCall(answer.problem) && sent.call) answer = await submit(withoutCall(sent.call), sent.key);
  if (!answer.ok) return { problem: answer.problem };
  const { linked = [], apart = [] } = sent.part;
  return answer.value.durable ? { sent: { ...sent, call: undefined, part: { ...taken(answer.value), linked, apart } } } : { problem: undefined };
}
