"""A client of the bannettes over ZeroMQ and CURVE: a module, and a command. README.md beside it goes step by step.
  bannette_client.py --server tcp://HOST:5570 --server-key server.key.pub --key unit.key take '{"bannettes": []}'"""
import argparse, itertools, json, pathlib, re, secrets, sys, time, uuid
import zmq
from google.protobuf import json_format
from bannette.v1.envelope_pb2 import Envelope
AGAIN = {"busy", "disk_full", "unavailable", "timed_out"}  # may go well later, with the same key

class Refused(Exception):
    """The server said no: `code` is for programs, `field` names what is wrong, `detail` is French, for people."""
    def __init__(self, error):
        self.code, self.field, self.detail = error.code, error.field, error.detail
        super().__init__(f"{error.code} {error.field}: {error.detail}")

class Unknown(Exception):
    """No answer: the change may have been kept or not. Ask again with this `key`, never with another one."""
    def __init__(self, server, key):
        self.key = key
        super().__init__(f"no answer from {server}: is it up, are the keys right? Repeat it with {uuid.UUID(bytes=key)}")

def new_key():  # UUIDv7 (RFC 9562), 16 bytes: make it when the intent is born, and keep it with the intent
    parts = time.time_ns() // 1_000_000 << 80 | 7 << 76 | secrets.randbits(12) << 64 | 2 << 62 | secrets.randbits(62)
    return parts.to_bytes(16, "big")

def keys_in(file, count):
    """Keys of 40 characters, from a file of `bannette key new`: public and secret, or in its .pub the public one."""
    found = re.findall(rb'(?<![^\s"])[^\s"]{40}(?![^\s"])', pathlib.Path(file).read_bytes())
    if len(found) != count:
        raise ValueError(f"{file}: {len(found)} keys of 40 characters instead of {count}")
    return found

class Client:
    """One connection, for one thread. `actor` is the person who acts: {"name": "claire", "role": "ROLE_AGENT"}."""
    def __init__(self, server, server_key, key, actor=None, timeout_s=5, heartbeat_ms=0):
        self.server, self.timeout_s, self.about = server, timeout_s, {"actor": actor} if actor else {}
        self.hello = {"protocol": 1, "program": "python", "heartbeat_ms": heartbeat_ms}
        self.beat_s, self.beat_at, self.subscribed, self.ids, self.inbox = 0, 0, False, itertools.count(1), []
        ours, theirs = keys_in(key, 2), keys_in(server_key, 1)
        self.socket = zmq.Context.instance().socket(zmq.DEALER)  # without a routing id: the server chooses it
        self.socket.linger, self.socket.sndhwm, self.socket.rcvhwm = 0, 100, 2000
        self.socket.curve_publickey, self.socket.curve_secretkey, self.socket.curve_serverkey = ours + theirs
        self.socket.connect(server)
    def _send(self, **fields):
        self.beat_at = time.monotonic() + self.beat_s
        if self.socket.poll(0, zmq.POLLOUT):  # else it is lost, as on the network: the missing answer tells
            self.socket.send_multipart([b"BN\x01\x00", Envelope(**fields).SerializeToString()])  # version 1
    def _receive(self, until):  # the next message, or None when the time is over; heartbeats meanwhile
        while (now := time.monotonic()) < until:
            if self.beat_s and now >= self.beat_at:
                self._send(heartbeat={})
            if self.socket.poll(1 + 1000 * (min(until, self.beat_at) - now if self.beat_s else until - now)):
                return Envelope.FromString(self.socket.recv_multipart()[1])
    def _exchange(self, **fields):  # the answer, or None; what comes meanwhile waits for listen()
        number, until = next(self.ids), time.monotonic() + self.timeout_s
        self._send(request_id=number, **fields)
        while (reply := self._receive(until)) is not None and reply.request_id != number:
            self.inbox = self.inbox[-999:] + [reply]
        return reply
    def ask(self, kind, fields=None, key=None, pauses_s=(0, 0.2, 1, 5)):
        """ask("take", {"bannettes": ["a/b"]}): the answer's body. Raises Refused, Unknown, json_format.ParseError."""
        asked = json_format.ParseDict({kind: fields or {}, **self.about}, Envelope(idempotency_key=key or new_key()))
        for pause_s in pauses_s:
            time.sleep(pause_s)
            if not self.beat_s:  # greet at first, and whenever the server has lost us
                reply, self.subscribed = self._exchange(hello=self.hello), False
                self.beat_s = reply.welcome.heartbeat_ms / 1000 if reply is not None else 0
            if self.beat_s:
                reply = self._exchange(**{field.name: value for field, value in asked.ListFields()})
            if reply is None or reply.error.code == "not_authenticated":
                self.beat_s = 0
            elif not reply.HasField("error"):
                return getattr(reply, reply.WhichOneof("body"))
            elif reply.error.code not in AGAIN:
                break
        raise Unknown(self.server, asked.idempotency_key) if reply is None else Refused(reply.error)
    def listen(self, bannettes=()):
        """Hints of changes as they come. None: there may have been others, pull now with list_tray."""
        while True:
            if not self.beat_s or not self.subscribed:
                self.subscribed = self.ask("subscribe", {"bannettes": list(bannettes), "credit": 100}) is not None
                yield None
            hint = self.inbox.pop(0) if self.inbox else self._receive(time.monotonic() + 3 * self.beat_s)
            if hint is None or hint.error.code == "not_authenticated":
                self.beat_s = 0
            elif hint.WhichOneof("body") in ("deliver", "subscribed"):
                self._send(credit={"credit": 1})
                yield hint.deliver if hint.HasField("deliver") else None

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--server", "--server-key", "--key"):
        parser.add_argument(name, required=True)
    parser.add_argument("--idempotency-key", type=lambda text: uuid.UUID(text).bytes, help="of an earlier try")
    parser.add_argument("kind", help="a request as in envelope.proto: list_tray, submit, take, handle ...")
    parser.add_argument("fields", nargs="?", default={}, type=json.loads, help="its fields, as JSON")
    given = parser.parse_args()
    sys.excepthook = lambda kind, error, _: print(f"{kind.__name__}: {error}", file=sys.stderr)  # exit code 1
    answer = Client(given.server, given.server_key, given.key).ask(given.kind, given.fields, given.idempotency_key)
    print(json_format.MessageToJson(answer, preserving_proto_field_name=True, ensure_ascii=False))
