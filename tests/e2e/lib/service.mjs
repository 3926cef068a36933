// The real program, in a data folder of its own, on free ports. Waits on what it says, never on time.
import { execFile, spawn } from "node:child_process";
import { existsSync, watch } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import path from "node:path";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");
const program = process.env.BANNETTE_BIN;
const config = process.env.BANNETTE_E2E_CONFIG ?? path.join(root, "configs/roubaix-tourcoing");
const start_limit_ms = 30_000;

export const outputs = process.env.BANNETTE_E2E_OUT ?? path.join(root, "build/e2e");

// Resolves once the file is there; the watch stands before the first look, so that nothing is missed.
function appears(folder, name, signal) {
  return new Promise((resolve, reject) => {
    const watcher = watch(folder, () => look());
    const end = (act, value) => {
      watcher.close();
      act(value);
    };
    const look = () => existsSync(path.join(folder, name)) && end(resolve);
    signal.addEventListener("abort", () => end(reject, signal.reason));
    look();
  });
}

export class Service {
  constructor() {
    if (!program) throw new Error("BANNETTE_BIN must name the built program");
    this.log = "";
    this.config = config;
  }

  async start(http = "127.0.0.1:0") {
    this.data ??= await mkdtemp(path.join(tmpdir(), "bannette-e2e-"));
    await rm(path.join(this.data, "endpoints.json"), { force: true });
    const stopped = new AbortController();
    const limit = setTimeout(() => stopped.abort(new Error(`not ready in time:\n${this.log}`)), start_limit_ms);
    const written = appears(this.data, "endpoints.json", stopped.signal);
    const options = ["serve", "--config", this.config, "--data", this.data, "--http", http, "--zmq", "tcp://127.0.0.1:0"];
    this.process = spawn(program, options, { stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [this.process.stdout, this.process.stderr]) stream.on("data", (text) => (this.log += text));
    this.exited = new Promise((resolve) => this.process.once("exit", (code, signal) => resolve(code ?? signal)));
    this.process.once("error", (error) => stopped.abort(error));
    void this.exited.then((how) => stopped.abort(new Error(`ended before it was ready (${how}):\n${this.log}`)));
    try {
      await written;
      this.endpoints = JSON.parse(await readFile(path.join(this.data, "endpoints.json"), "utf8"));
      this.address = new URL(this.endpoints.http).host;
      this.url = `http://${this.address}/`;
      await this.ready(stopped.signal);
    } finally {
      clearTimeout(limit);
    }
  }

  // Asks /readyz until it is 200: its parts may still be finding each other. Bounded by the signal.
  async ready(signal) {
    for (;;) {
      signal.throwIfAborted();
      const answer = await fetch(`${this.url}readyz`, { signal });
      const text = await answer.text();
      if (answer.status === 200) return;
      this.log += `/readyz ${answer.status} ${text}\n`;
    }
  }

  // SIGTERM drains; gives the exit code.
  async stop() {
    this.process.kill("SIGTERM");
    return this.exited;
  }

  async end() {
    if (this.process && this.process.exitCode === null) {
      this.process.kill("SIGKILL");
      await this.exited;
    }
    if (this.data) await rm(this.data, { recursive: true, force: true });
  }

  // A machine's account; gives its token.
  addToken(name, role, ...units) {
    return this.makeToken(name, "--role", role, ...units.flatMap((unit) => ["--unit", unit]));
  }

  // A PBX's, for the webhook.
  addPbxToken(name, pbx) {
    return this.makeToken(name, "--pbx", pbx);
  }

  makeToken(name, ...options) {
    return new Promise((resolve, reject) =>
      execFile(program, ["token", "add", "--data", this.data, "--name", name, ...options], (error, out, text) =>
        error ? reject(new Error(`token add: ${text || error}`)) : resolve(out.split("\n")[0].trim())),
    );
  }

  // An account; gives its password. Agents may read what is restricted.
  addUser(name, role, ...units) {
    return this.makeUser(name, role, units, role === "agent" ? ["--restricted"] : []);
  }

  addPlainAgent(name, ...units) {
    return this.makeUser(name, "agent", units, []);
  }

  makeUser(name, role, units, more) {
    const password = `essai-${name}-2026!`;
    const options = ["user", "add", "--data", this.data, "--name", name, "--role", role];
    for (const unit of units) options.push("--unit", unit);
    options.push(...more, "--password-stdin");
    return new Promise((resolve, reject) => {
      const child = execFile(program, options, (error, _out, text) => (error ? reject(new Error(`user add: ${text || error}`)) : resolve(password)));
      child.stdin.end(`${password}\n`);
    });
  }
}
