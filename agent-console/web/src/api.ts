// Requests to the server. An answer is a value or a problem; a problem is shown to people, never thrown.
import { heardServerDate } from "./clock.js";
import type { RoleName } from "./types.js";

export interface Problem {
  // "offline" and "timed_out" are the browser's own: nobody knows whether the server acted.
  code: string;
  status: number;
  field: string;
  detail: string;
}
export type Answer<T> = { ok: true; status: number; value: T } | { ok: false; problem: Problem };

interface Options {
  key?: string;
  timeout_ms?: number;
  signal?: AbortSignal;
  reports?: number; // this status is no problem: its body says what there is to say
  kept?: boolean;      // the browser may keep it, and asks whether it is still so: nothing of anybody
  keepalive?: boolean; // outlives the page; at most 64 kB
}

// Set by the session.
export const wire = {
  csrf: "",
  user: "", // whose screens are shown
  expired: (): void => {},
  reached: (_reached: boolean): void => {},
};

const timeout_default_ms = 10_000;

// A refusal that promises that nothing was changed, although its status is 5xx.
const nothing_changed = new Set(["busy", "disk_full"]);

export function unknownOutcome(problem: Problem): boolean {
  return problem.code === "offline" || problem.code === "timed_out" || (problem.status >= 500 && !nothing_changed.has(problem.code));
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

async function problemOf(response: Response): Promise<Problem> {
  let body: Record<string, unknown> = {};
  try {
    const parsed: unknown = await response.json();
    if (typeof parsed === "object" && parsed !== null) body = parsed as Record<string, unknown>;
  } catch {
    // Not ours (a proxy's page): the status says enough.
  }
  const code = text(body["code"]) || (response.status === 504 ? "timed_out" : `http_${response.status}`);
  return { code, status: response.status, field: text(body["field"]), detail: text(body["detail"]) };
}

export async function call<T>(method: "GET" | "POST" | "PUT" | "DELETE", path: string, body?: unknown, options: Options = {}): Promise<Answer<T>> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (method !== "GET") {
    headers["Content-Type"] = "application/json";
    if (wire.csrf) headers["X-CSRF-Token"] = wire.csrf;
  }
  if (options.key) headers["Idempotency-Key"] = options.key;
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort("timed_out"), options.timeout_ms ?? timeout_default_ms);
  options.signal?.addEventListener("abort", () => abort.abort("dropped"));
  try {
    const response = await fetch(`/api/v1/${path}`, {
      method,
      headers,
      body: method !== "GET" ? JSON.stringify(body ?? {}) : null,
      keepalive: options.keepalive ?? false,
      signal: abort.signal,
      credentials: "same-origin",
      cache: options.kept ? "no-cache" : "no-store",
      redirect: "error",
    });
    heardServerDate(response.headers.get("Date"));
    if (!response.ok && response.status !== options.reports) {
      const problem = await problemOf(response);
      // A wrong CSRF token: another tab logged in since, perhaps as somebody else.
      if ((response.status === 401 || problem.code === "csrf") && path !== "login") wire.expired();
      return { ok: false, problem };
    }
    const value = response.status === 204 ? (undefined as T) : ((await response.json()) as T);
    return { ok: true, status: response.status, value };
  } catch {
    const code = abort.signal.aborted ? String(abort.signal.reason) : "offline";
    if (code === "offline") wire.reached(false);
    return { ok: false, problem: { code, status: 0, field: "", detail: "" } };
  } finally {
    clearTimeout(timer);
  }
}

export const get = <T>(path: string, options?: Options): Promise<Answer<T>> => call<T>("GET", path, undefined, options);
export const post = <T>(path: string, body: unknown, options?: Options): Promise<Answer<T>> => call<T>("POST", path, body, options);

export type ScreenName = "saisie" | "bannette" | "tableau" | "administration";

// Which screens a role has, its own first.
export function screensOf(role: RoleName): ScreenName[] {
  switch (role) {
    case "operator":
      return ["saisie"];
    case "agent":
      return ["bannette"];
    case "manager":
      return ["bannette", "tableau"];
    case "supervisor":
      return ["tableau", "saisie"];
    case "admin":
    case "auditor":
      return ["administration", "tableau"];
  }
}
