// How a call ended that became no dossier.
import { operatorWords } from "#words/operator.js";
import { session } from "./session.js";
import type { Labelled } from "./types.js";

export interface Qualified {
  outcome: string;
  redirected_to: string;
}

// "Renvoyé ailleurs : CAF du Nord".
export function told({ outcome, redirected_to }: Qualified): string {
  const label = outcomes().find((one) => one.code === outcome)?.label ?? outcome;
  const to = session.consignes.referrals.find((one) => one.code === redirected_to)?.name ?? redirected_to;
  return to ? `${label} : ${to}` : label;
}

export function outcomes(): Labelled[] {
  const own = session.consignes.no_dossier;
  return own.length > 0 ? own : Object.entries(operatorWords.qualify.outcomes).map(([code, label]) => ({ code, label }));
}
