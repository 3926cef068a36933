// What a person may do with a dossier now: the queue decides, this only spares buttons that would be refused.
import type { Delegation, Header, StateName, User } from "./types.js";

export type Act =
  | "reserve" | "take" | "accept" | "release" | "acknowledge" | "note" | "handle" | "hold" | "resume" | "propose" | "withdraw"
  | "return" | "copy" | "merge" | "reopen" | "close" | "accept-proposal" | "refuse-proposal" | "reassign" | "move";

const standard = "standard"; // the switchboard: nothing is returned from there
export const arbitration = "arbitrage"; // the bannette of what no rule could place
export const unowned: readonly string[] = [arbitration, standard]; // of no unit: perhaps nobody works there
export const hops_most = 2; // beyond, a supervisor decides
const closedStates: readonly StateName[] = ["handled", "closed", "merged"];
export const isOpen = (header: Header): boolean => !closedStates.includes(header.state);

export function works(user: User | undefined, bannette: string): boolean {
  return user !== undefined && (user.role === "agent" || user.role === "manager") && user.units.includes(bannette.split("/")[0] ?? "");
}

// The people whose dossiers this person may work on at this moment (Unix time): their own, and those of who is away.
export function standsFor(user: User | undefined, delegations: readonly Delegation[], now_ms: number): string[] {
  if (!user) return [];
  const away = delegations.filter(({ to, from, until }) => to === user.name && Date.parse(from ?? "") <= now_ms && now_ms < Date.parse(until ?? ""));
  return [user.name, ...away.map(({ person }) => person)];
}

// A danger that no person has acknowledged yet.
export function unacknowledged(header: Header): boolean {
  return isOpen(header) && header.danger && header.climb !== null && !header.climb.acknowledged_by;
}

function ofHolder(header: Header): Act[] {
  const { state } = header;
  const redirect: Act[] = header.proposal ? ["withdraw"] : ["propose"];
  const back: Act[] = header.bannette === standard ? [] : ["return"];
  const merge: Act[] = header.danger ? [] : ["merge"];
  if (state === "reserved") return ["accept", "release", "note", ...redirect, ...back, "copy", ...merge];
  if (state === "in_progress") return ["note", "handle", "hold", ...redirect, ...back, "copy", ...merge];
  if (state === "on_hold") return ["resume", "note", "handle", ...redirect, ...back, "copy", ...merge];
  return [];
}

// Restricted, and this person has no right to such in the bannette.
export function closedTo(user: User | undefined, header: Header, bannette: string): boolean {
  return header.restricted && works(user, bannette) && user?.role !== "manager" && !user?.restricted;
}

// Those to whom a dossier may be given: they work there, and may read it.
export function receivers(colleagues: readonly User[], header: Header): string[] {
  return colleagues.filter((user) => user.name !== header.holder && works(user, header.bannette) && !closedTo(user, header, header.bannette)).map(({ name }) => name);
}

export function allowed(header: Header, user: User | undefined, people: readonly string[]): readonly Act[] {
  const acts: Act[] = [];
  if (header.proposal && works(user, header.proposal.to) && !closedTo(user, header, header.proposal.to)) {
    if (header.hops < hops_most) acts.push("accept-proposal");
    acts.push("refuse-proposal");
  }
  if (!works(user, header.bannette) || closedTo(user, header, header.bannette)) return acts;
  if (unacknowledged(header)) acts.push("acknowledge");
  if (header.state === "waiting") acts.push("reserve", "take");
  else if (header.state === "handled") acts.push("reopen", "close");
  else if (people.includes(header.holder)) acts.push(...ofHolder(header));
  if (user?.role === "manager" && isOpen(header)) acts.push("reassign");
  return acts;
}

// What a supervisor decides about a dossier that they do not read.
export function arbitrates(header: Header, user: User | undefined): readonly Act[] {
  if (user?.role !== "supervisor" || !isOpen(header)) return [];
  const acts: Act[] = header.proposal ? ["accept-proposal", "refuse-proposal"] : [];
  if (unacknowledged(header)) acts.push("acknowledge");
  return [...acts, "move", "reassign"];
}

// What is before the supervisors: what no rule could place, what waits at the switchboard (units return there), and third redirects.
export function unresolved(open: readonly Header[], offered: readonly Header[]): readonly Header[] {
  const stuck = open.filter(({ bannette, state }) => bannette === arbitration || (bannette === standard && state === "waiting"));
  const third = offered.filter(({ id, hops, proposal }) => proposal && hops >= hops_most && stuck.every((each) => each.id !== id));
  return [...stuck, ...third];
}
