// The live line to the server. What comes over it is a hint: after each opening and each "resync" the screens ask
// again by REST. Reconnects by itself, slower each time; before that it asks who we are, so that an ended session
// is told apart from a lost connection.
import { get, wire } from "./api.js";
import { heardServerTime } from "./clock.js";
import type { LiveMessage, Me } from "./types.js";

export type Line = "connecting" | "open" | "lost";
type Listener = (message: LiveMessage) => void;

const ping_ms = 15_000;
const silent_ms = 40_000;
const retry_first_ms = 500;
const retry_last_ms = 8_000;

class Live {
  line: Line = "connecting";
  queueUp = true;
  onChange: () => void = () => {};
  private socket: WebSocket | undefined;
  private wanted = false;
  private retry_ms = retry_first_ms;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private pingTimer: ReturnType<typeof setInterval> | undefined;
  private heard_ms = 0;
  private readonly listeners = new Set<Listener>();

  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  start(): void {
    if (this.wanted) return;
    this.wanted = true;
    this.line = "connecting";
    this.open();
  }

  stop(): void {
    this.wanted = false;
    clearTimeout(this.retryTimer);
    this.drop();
    this.line = "connecting";
    this.queueUp = true;
    this.retry_ms = retry_first_ms;
  }

  // A request found no server: do not wait for the socket to notice.
  lost(): void {
    if (!this.wanted || this.line !== "open") return;
    this.drop();
    this.closed();
  }

  private open(): void {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/api/v1/live`);
    this.socket = socket;
    socket.onmessage = (event: MessageEvent<unknown>) => {
      if (socket === this.socket && typeof event.data === "string") this.take(event.data);
    };
    socket.onclose = () => {
      if (socket === this.socket) this.closed();
    };
  }

  private drop(): void {
    clearInterval(this.pingTimer);
    const socket = this.socket;
    this.socket = undefined;
    socket?.close();
  }

  private take(text: string): void {
    this.heard_ms = Date.now();
    let message: LiveMessage;
    try {
      message = JSON.parse(text) as LiveMessage;
    } catch {
      return;
    }
    if (message.type === "hello") {
      this.line = "open";
      this.retry_ms = retry_first_ms;
      clearInterval(this.pingTimer);
      this.pingTimer = setInterval(() => this.ping(), ping_ms);
      this.onChange();
    } else if (message.type === "link") {
      this.queueUp = message.up;
      this.onChange();
    } else if (message.type === "counts") {
      heardServerTime(message.at);
    }
    for (const listener of this.listeners) listener(message);
  }

  private ping(): void {
    if (Date.now() - this.heard_ms > silent_ms) {
      this.drop();
      this.closed();
    } else if (this.socket?.readyState === WebSocket.OPEN) {
      this.socket.send(JSON.stringify({ type: "ping" }));
    }
  }

  private closed(): void {
    this.socket = undefined;
    clearInterval(this.pingTimer);
    if (!this.wanted) return;
    if (this.line !== "lost") {
      this.line = "lost";
      this.onChange();
    }
    clearTimeout(this.retryTimer);
    const wait_ms = this.retry_ms * (0.75 + Math.random() / 2);
    this.retry_ms = Math.min(this.retry_ms * 2, retry_last_ms);
    this.retryTimer = setTimeout(() => void this.again(), wait_ms);
  }

  private async again(): Promise<void> {
    const me = await get<Me>("me");
    if (!this.wanted || this.socket) return;
    if (me.ok && me.value.user.name !== wire.user) {
      wire.expired(); // another tab logged in as somebody else
    } else if (me.ok) {
      wire.csrf = me.value.csrf;
      this.open();
    } else if (me.problem.status !== 401) { // 401: the session has heard of it already
      this.closed();
    }
  }
}

export const live = new Live();
