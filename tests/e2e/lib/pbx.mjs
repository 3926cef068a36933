// A PBX that speaks AMI to the service: it answers what the service asks, and says what Asterisk said in a capture of
// tests/data/telephony when the test tells it to, with this call's names and numbers, and at this time.
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import path from "node:path";

const captures = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../data/telephony");
const order_limit_ms = 15_000;
export const account = { user: "bannette", secret: "essai-de-bout-en-bout" };

const fieldsOf = (message) => Object.fromEntries(message.split("\r\n").map((line) => [line.split(": ", 1)[0], line.slice(line.indexOf(": ") + 2)]));
const text = (fields) => `${Object.entries(fields).map(([key, value]) => `${key}: ${value}`).join("\r\n")}\r\n\r\n`;

export class Pbx {
  orders = []; // Originate and QueuePause, as they came
  constructor(posts) {
    this.posts = posts; // interfaces
    this.queue = "premier-contact";
    this.calls = 0;
    this.loggedIn = new Promise((tell) => (this.tellLogin = tell));
    this.waiting = [];
  }

  async start() {
    this.server = createServer((socket) => this.serve(socket));
    await new Promise((done) => this.server.listen(0, "127.0.0.1", done));
    this.port = this.server.address().port;
  }

  async end() {
    this.socket?.destroy();
    await new Promise((done) => this.server.close(done));
  }

  serve(socket) {
    this.socket = socket;
    socket.on("error", () => {});
    socket.write("Asterisk Call Manager/13.0.0\r\n");
    let heard = "";
    socket.on("data", (bytes) => {
      heard += bytes;
      for (let end; (end = heard.indexOf("\r\n\r\n")) >= 0; heard = heard.slice(end + 4)) this.answer(fieldsOf(heard.slice(0, end)));
    });
  }

  answer(action) {
    const id = action.ActionID ?? "";
    const good = (more = {}) => this.socket.write(text({ Response: "Success", ActionID: id, ...more }));
    const list = (event, items) => {
      good({ EventList: "start", Message: "will follow" });
      for (const item of items) this.socket.write(text({ ...item, ActionID: id }));
      this.socket.write(text({ Event: event, ActionID: id, EventList: "Complete", ListItems: items.length }));
    };
    switch (action.Action) {
      case "Login":
        if (action.Username !== account.user || action.Secret !== account.secret) return this.socket.end(text({ Response: "Error", ActionID: id, Message: "Authentication failed" }));
        good({ Message: "Authentication accepted" });
        this.socket.write(text({ Event: "FullyBooted", Privilege: "system,all", Status: "Fully Booted" }));
        return;
      case "QueueStatus":
        return list("QueueStatusComplete", this.posts.map((post) => this.member("QueueMember", post)));
      case "CoreShowChannels":
        list("CoreShowChannelsComplete", []);
        return this.tellLogin();
      case "Events":
        return good({ Events: "On" });
      case "Ping":
        return good({ Ping: "Pong" });
      case "QueuePause":
        good({ Message: "Interface paused successfully" });
        this.say(this.member("QueueMemberPause", action.Interface, action.Paused === "true" || action.Paused === "1", action.Reason ?? ""));
        return this.ordered(action);
      case "Originate":
        good({ Message: "Originate successfully queued" });
        return this.ordered(action);
      default:
        return good();
    }
  }

  member(event, post, paused = false, reason = "") {
    return {
      Event: event, Privilege: "agent,all", Queue: this.queue, MemberName: post, Name: post, Interface: post, Location: post, StateInterface: post,
      Membership: "static", Penalty: 0, CallsTaken: 0, LastCall: 0, LastPause: 0, InCall: 0, Status: 1, Paused: paused ? 1 : 0, PausedReason: reason,
    };
  }

  say(event, at = Date.now()) {
    const { Event, ...rest } = event;
    this.socket.write(text({ Event, Timestamp: (at / 1000).toFixed(6), ...rest }));
  }

  ordered(action) {
    this.orders.push(action);
    for (const look of this.waiting.splice(0)) look();
  }

  // The next order of this kind, also one that has come already.
  async order(name) {
    for (;;) {
      const at = this.orders.findIndex((one) => one.Action === name);
      if (at >= 0) return this.orders.splice(at, 1)[0];
      let limit;
      const late = new Promise((_look, fail) => (limit = setTimeout(() => fail(new Error(`no ${name} was asked for`)), order_limit_ms)));
      await Promise.race([late, new Promise((look) => this.waiting.push(look))]).finally(() => clearTimeout(limit));
    }
  }

  // A call as the capture has it: of `number`, and where it rings at a post, at `post`. `ids`: what the capture calls one thing, and this call another.
  async call(capture, { number, post = this.posts[0], ids = {} }) {
    const bytes = await readFile(path.join(captures, `${capture}.ami`), "utf8");
    const events = bytes.split("\r\n\r\n").filter((message) => message.startsWith("Event: ") && !message.startsWith("Event: FullyBooted")).map(fieldsOf);
    return new Call(this, events, { number, post, ids, nth: ++this.calls });
  }
}

class Call {
  constructor(pbx, events, { number, post, ids, nth }) {
    Object.assign(this, { pbx, events, post, nth });
    const own = Math.floor(Date.now() / 1000);
    const captured = events.find((event) => event.Event === "QueueCallerJoin")?.CallerIDNum ?? events.find((event) => event.Event === "OriginateResponse")?.CallerIDNum;
    this.names = (value) => {
      for (const [theirs, ours] of Object.entries(ids)) value = value.replaceAll(theirs, ours);
      return value
        .replace(/^1795\d{6}\.(\d+)$/, (_whole, place) => `${own}.${nth * 1000 + Number(place)}`)
        .replace(/^PJSIP\/(trunk|\d+)-0*([0-9a-f]+)$/, (_whole, which, place) => `${which === "trunk" ? "PJSIP/trunk" : post}-${(nth * 256 + parseInt(place, 16)).toString(16).padStart(8, "0")}`)
        .replace(/^PJSIP\/\d{4}$/, post)
        .replace(/^[0-9a-f]{8}-[0-9a-f-]{27}$/, (bridge) => bridge.slice(0, 28) + String(nth).padStart(8, "0"))
        .replace(new RegExp(`^${captured}$`), number);
    };
    this.id = `${own}.`;
  }

  // Says everything up to the first event of this name from here on, and it; without a name, the rest.
  until(name = "", at = Date.now()) {
    for (let said = ""; this.events.length > 0 && (name === "" || said !== name); ) {
      const event = this.events.shift();
      said = event.Event;
      this.pbx.say(Object.fromEntries(Object.entries(event).map(([key, value]) => [key, key === "Event" ? value : this.names(value)])), at);
    }
  }
}
