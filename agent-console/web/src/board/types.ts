// What the board asks of the server beside bannettes and dossiers. Times are ISO 8601 in UTC.

export type PostState = "free" | "ringing" | "talking" | "held" | "wrap_up" | "paused" | "unavailable" | "unknown";
export interface PostNow {
  code: string;
  name: string;
  state: PostState;
  person: string | null;
  call: string | null;
  since: string | null;
  pause: string | null;
}
export interface LineNow {
  queue: string;
  label: string;
  waiting: number;
  oldest: string | null;
}
export interface PbxNow {
  code: string;
  kind: string;
  up: boolean;
  since: string | null;
  trouble: string | null;
}
export interface CallsNow {
  at: string;
  telephony: boolean;
  lines: LineNow[];
  posts: PostNow[];
  callbacks: number;
  pbxs?: PbxNow[];
  pauses: { code: string; label: string }[];
}

export interface Definition {
  code: string;
  version: number;
  label: string;
  text: string;
  unit: string;
}
export interface Figure {
  code: string;
  version: number;
  value: number | null;
}
export interface Waits {
  at: string;
  rows: { from: string; to: string; figures: Figure[] }[];
  definitions: Definition[];
}

export interface CurvePoint {
  at: string;
  waiting: number;
  late: number;
  in_progress: number;
  callers: number | null; // heard by this page; the server keeps none
}
export interface Curves {
  points: Omit<CurvePoint, "callers">[];
  takings: { bannette: string; since: string; taken: number }[]; // counted until then
}

// What supervisors are told of.
export interface SiteEvent {
  seq: number;
  at: string;
  change: string;
  step: string | null;
  actor: string;
  reason: string;
  to: string;
  bannette: string;
  dossier: string | null;
  reference: string | null;
  topic: string | null;
  danger: boolean;
  by_ms: number;
  text: string | null; // beside a look of one dossier
  restricted: boolean;
}
export interface Events {
  scanned: number;
  as_of: number;
  items: SiteEvent[];
}
export interface Outbox {
  waiting: number;
  aside: number;
  oldest: string | null;
  queue_up: boolean;
}

export type ReportStep = "day" | "week" | "month" | "whole";
export type ReportBy = "all" | "unit" | "bannette" | "topic";
export interface ReportRow {
  from: string; // a date, of the site's days
  to: string;   // the last day
  key: string;  // a unit, a bannette or a topic; empty: all
  figures: Figure[];
}
export interface Report {
  from: string;
  to: string;
  rows: ReportRow[];
  definitions: Definition[];
  left_out: number; // dossiers beyond the bound
}
