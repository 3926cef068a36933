"""The Python client against the real service: `python_client_test.py PROGRAM CLIENT_FOLDER SITE_FOLDER`."""
import faulthandler
import itertools
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import unittest
import uuid

from google.protobuf import json_format

import bannette_client as bannette

EAST, WEST = "utpas-roubaix-est", "utpas-roubaix-ouest"
PMI = EAST + "/pmi"
PROGRAM = CLIENT = SITE = None  # set by main


def free_port():
    """Below the ports that the system gives to clients: one that tries again and again could otherwise take this very one."""
    for port in itertools.islice(itertools.cycle(range(20_000, 30_000)), os.getpid() % 10_000, 20_000):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise RuntimeError("no free port")


class Service:
    """`bannette serve` in a data folder of its own, on the same ZeroMQ port at each start."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.home = pathlib.Path(self.folder.name)
        self.data = self.home / "data"
        self.data.mkdir()
        self.server = f"tcp://127.0.0.1:{free_port()}"
        self.log = []
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--config", SITE, "--data", self.data, "--http", "127.0.0.1:0", "--zmq", self.server],
            stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:  # the line that names both addresses comes when all is ready
            self.log.append(line)
            if self.server in line:
                break
        else:
            raise RuntimeError("serve has not started:\n" + "".join(self.log))
        self.reader = threading.Thread(target=lambda stream: self.log.extend(stream), args=[self.process.stderr])
        self.reader.start()

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.reader.join()
        self.process.stderr.close()

    def close(self):
        self.kill()
        self.folder.cleanup()

    def key(self, principal, authorised=True):
        file = self.home / (principal.replace(":", "-") + ".key")
        if not file.exists():
            subprocess.run([PROGRAM, "key", "new", "--out", file], check=True, stdout=subprocess.DEVNULL)
        if authorised:
            subprocess.run([PROGRAM, "key", "add", "--data", self.data, "--principal", principal, "--public", f"{file}.pub"],
                           check=True, stdout=subprocess.DEVNULL)
        return file


def submission(note, bannette_name=PMI):
    return {"bannette": bannette_name, "topic": "pmi.petite-enfance", "urgency": "URGENCY_NORMAL", "content": {"note": note}}


class PythonClient(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = Service()

    @classmethod
    def tearDownClass(cls):
        cls.service.close()

    def client(self, unit=EAST, authorised=True, **options):
        key = self.service.key("unit:" + unit, authorised)
        made = bannette.Client(self.service.server, self.service.data / "server.key.pub", key, **options)
        self.addCleanup(made.socket.close)
        return made

    def refusal(self, client, *asked, **options):
        with self.assertRaises(bannette.Refused) as refused:
            client.ask(*asked, **options)
        self.assertTrue(refused.exception.detail)
        return refused.exception.code

    def waiting_with(self, client, note):
        """How many dossiers of the bannette hold this note."""
        listed = client.ask("list_tray", {"limit": 200})
        self.assertEqual(len(listed.items), listed.total)
        return sum(client.ask("show", {"dossier": item.reference, "content": True}).content.note == note
                   for item in listed.items)

    def test_from_submission_to_outcome(self):
        east = self.client(actor={"name": "claire", "role": "ROLE_AGENT"})
        receipt = east.ask("submit", submission("Pèse-bébé à prêter"))
        self.assertEqual(receipt.bannette, PMI)
        named = {"dossier": receipt.reference}
        self.assertIn(receipt.reference, [item.reference for item in east.ask("list_tray", {"bannettes": [PMI]}).items])

        reserved = east.ask("reserve", named).header
        self.assertEqual(reserved.holder, f"unit:{EAST}/claire")
        held = {**named, "fence": reserved.fence}
        east.ask("accept", held)
        shown = east.ask("show", {"dossier": str(uuid.UUID(bytes=receipt.id)), "content": True})
        self.assertEqual(shown.content.note, "Pèse-bébé à prêter")
        east.ask("note", {**held, "text": "Rappelée"})
        done = east.ask("handle", {**held, "outcome": "OUTCOME_ANSWERED", "text": "Prêté jeudi"})
        self.assertEqual((done.header.state, done.header.outcome), (4, 1))
        self.assertEqual(self.refusal(east, "accept", held), "bad_state")
        story = [entry.change for entry in east.ask("show", named).history]
        self.assertEqual(story, ["submitted", "reserved", "accepted", "noted", "handled"])

    def test_the_next_one_and_nothing_left(self):
        west = self.client(WEST)
        first = west.ask("submit", submission("premier", WEST + "/pmi"))
        urgent = west.ask("submit", {**submission("pressé", WEST + "/pmi"), "urgency": "URGENCY_URGENT"})
        taken = [west.ask("take", {"bannettes": [WEST + "/pmi"]}).header.reference for _ in range(2)]
        self.assertEqual(taken, [urgent.reference, first.reference])
        self.assertEqual(self.refusal(west, "take"), "nothing_waiting")

    def test_what_is_not_ones_own_does_not_exist(self):
        receipt = self.client().ask("submit", submission("secret"))
        west = self.client(WEST)
        for kind in ("show", "take"):
            self.assertEqual(self.refusal(west, kind, {"dossier": receipt.reference}), "not_found")
        self.assertEqual(self.refusal(west, "list_tray", {"bannettes": [PMI]}), "unknown_bannette")

    def test_one_key_one_change(self):
        east, key = self.client(), bannette.new_key()
        first = east.ask("submit", submission("une fois"), key=key)
        self.assertEqual(east.ask("submit", submission("une fois"), key=key), first)
        self.assertEqual(self.refusal(east, "submit", submission("autre chose"), key=key), "key_reused")
        self.assertEqual(self.refusal(east, "submit", submission("vieux"), key=uuid.UUID(
            "018f0000-0000-7000-8000-000000000000").bytes), "key_expired")
        self.assertEqual(self.waiting_with(east, "une fois"), 1)

    def test_keys_are_uuid_v7_of_now_and_differ(self):
        keys = [uuid.UUID(bytes=bannette.new_key()) for _ in range(1000)]
        self.assertEqual({(key.version, key.variant) for key in keys}, {(7, uuid.RFC_4122)})
        self.assertEqual(len(set(keys)), len(keys))
        self.assertLess(keys[-1].int >> 80, (keys[0].int >> 80) + 60_000)

    def test_a_stopped_service_leaves_it_unknown_and_the_same_key_tells(self):
        east, key = self.client(timeout_s=1), bannette.new_key()
        east.ask("list_tray")
        self.service.process.send_signal(signal.SIGSTOP)
        try:
            with self.assertRaises(bannette.Unknown) as unknown:
                east.ask("submit", submission("arrêt"), key=key, pauses_s=(0,))
        finally:
            self.service.process.send_signal(signal.SIGCONT)
        self.assertEqual(unknown.exception.key, key)
        # What was sent before and what is sent now both arrive: one dossier.
        receipt = east.ask("submit", submission("arrêt"), key=key)
        self.assertEqual(east.ask("submit", submission("arrêt"), key=key), receipt)
        self.assertEqual(self.waiting_with(east, "arrêt"), 1)

    def test_a_killed_service_is_found_again(self):
        east, key = self.client(timeout_s=1), bannette.new_key()
        before = east.ask("submit", submission("avant la panne"))
        hints = east.listen([PMI])
        self.assertIsNone(next(hints))  # pull now
        self.service.kill()
        with self.assertRaises(bannette.Unknown):
            east.ask("submit", submission("pendant la panne"), key=key, pauses_s=(0, 0))
        self.service.start()
        receipt = east.ask("submit", submission("pendant la panne"), key=key)
        self.assertEqual(self.waiting_with(east, "pendant la panne"), 1)
        self.assertEqual(east.ask("show", {"dossier": before.reference}).header.reference, before.reference)
        self.assertIsNone(next(hints))  # there may have been others: the client has subscribed again
        self.assertEqual(east.ask("take", {"dossier": receipt.reference}).header.reference, receipt.reference)
        self.assertEqual(next(hints).change, "taken")
        self.service.kill()
        self.service.start()  # the client has not noticed, and the server does not know it
        self.assertEqual(east.ask("show", {"dossier": before.reference}).header.reference, before.reference)

    def test_heartbeats_keep_a_listening_session(self):
        east, other = self.client(heartbeat_ms=1000), self.client()
        hints = east.listen([PMI])
        self.assertIsNone(next(hints))
        answered, receive = itertools.count(1), east._receive

        def submit_after_four_beats(until):
            message = receive(until)
            if message is not None and message.HasField("heartbeat") and next(answered) == 4:  # three would be too late
                other.ask("submit", submission("après quatre secondes"))
            return message
        east._receive = submit_after_four_beats
        hint = next(hints)
        self.assertEqual((hint.change, hint.header.bannette), ("submitted", PMI))
        self.assertEqual(next(answered), 5)

    def test_a_key_that_is_not_authorised_hears_nothing(self):
        stranger = self.client("stranger", authorised=False, timeout_s=1)
        with self.assertRaisesRegex(bannette.Unknown, "are the keys right"):
            stranger.ask("list_tray", pauses_s=(0,))
        with self.assertRaisesRegex(ValueError, "1 keys of 40 characters instead of 2"):
            bannette.Client(self.service.server, self.service.data / "server.key.pub", self.service.data / "server.key.pub")

    def test_mistakes_in_a_request_are_named(self):
        east = self.client()
        for asked in (("listtray", {}), ("take", {"bannette": "x"}), ("handle", {"outcome": "OUTCOME_FINE"})):
            with self.assertRaises(json_format.ParseError):
                east.ask(*asked)
        self.assertEqual(self.refusal(east, "submit", {}), "unknown_enum")
        self.assertEqual(self.refusal(east, "tray"), "malformed")

    def command(self, *words):
        env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        return subprocess.run([sys.executable, f"{CLIENT}/bannette_client.py", "--server", self.service.server,
                               "--server-key", self.service.data / "server.key.pub", "--key",
                               self.service.key("unit:" + EAST), *words], env=env, capture_output=True, text=True)

    def test_as_a_command(self):
        key = str(uuid.UUID(bytes=bannette.new_key()))
        told = [self.command("--idempotency-key", key, "submit", json.dumps(submission("Prêt d'un siège"))) for _ in range(2)]
        self.assertEqual([ran.returncode for ran in told], [0, 0], told)
        self.assertEqual(told[0].stdout, told[1].stdout)
        reference = json.loads(told[0].stdout)["reference"]
        listed = json.loads(self.command("list_tray").stdout)
        self.assertIn(reference, [item["reference"] for item in listed["items"]])
        self.assertIn("Prêt d'un siège", self.command("show", json.dumps({"dossier": reference, "content": True})).stdout)
        refused = self.command("accept", json.dumps({"dossier": reference, "fence": 1}))
        self.assertEqual(refused.returncode, 1)
        self.assertRegex(refused.stderr, r"^Refused: stale_fence .*: .*\n$")
        self.assertEqual(self.command("take", "{").returncode, 2)
        self.assertRegex(self.command("taek").stderr, r"^ParseError: .*taek")


if __name__ == "__main__":
    PROGRAM, CLIENT, SITE = os.environ.get("BANNETTE_BIN", sys.argv[1]), sys.argv[2], sys.argv[3]
    faulthandler.dump_traceback_later(100, exit=True)  # who waits for ever says where
    unittest.main(argv=sys.argv[:1])
