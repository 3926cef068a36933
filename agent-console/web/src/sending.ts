// Sends the topics of a call one after the other: what one caller asks for first arrives first. Each has its key, whatever is tried again.
import { post, unknownOutcome } from "./api.js";
import type { Answer, Problem } from "./api.js";
import type { Draft, Part, SentPart } from "./draft.js";
import { frOperator as words } from "./fr/operator.js";
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

export const toSend = (draft: Draft): Part[] => draft.parts.filter((part) => !part.sent && (!part.empty || draft.parts.length === 1));

// Whoever took over a colleague's draft may not be allowed to write in the colleague's call: the request must go out all the same, as of a
// call that was typed by hand.
const isAnothers = (problem: Problem): boolean => problem.code === "not_found" && problem.field === "call";
const withoutCall = ({ call: _call, linked: _linked, ...rest }: Call): Call => rest;

// The first that was not taken, and why; nothing: all were. `keep` is called before each, so that whoever finds the draft after a crash
// knows that it may have arrived.
export async function sendAll(draft: Draft, keep: () => void): Promise<{ part: Part; problem: Problem } | undefined> {
  for (const part of toSend(draft)) {
    const before = part.unknown;
    if (!before) part.linked = draft.othersOf(part);
    const call = part.call();
    part.unknown = true;
    draft.onTyped();
    keep();
    let answer = await submit(call, part.key);
    if (!answer.ok && isAnothers(answer.problem)) answer = await submit(withoutCall(call), part.key);
    if (answer.ok) settle(draft, part, taken(answer.value));
    else if (answer.problem.code === "no_dossier") settle(draft, part, { reference: "", bannette: "", at: "", deadline: null, outside: answer.problem.detail || words.receipt.noDossierText });
    else {
      const { problem } = answer;
      part.unknown = before ? problem.status === 401 || unknownOutcome(problem) : unknownOutcome(problem);
      if (problem.code === "key_expired") draft.rekey(part);
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
  const answer = await submit(sent.call, sent.key);
  if (!answer.ok) return { problem: answer.problem };
  return answer.value.durable ? { sent: { ...sent, call: undefined, part: taken(answer.value) } } : { problem: undefined };
}
