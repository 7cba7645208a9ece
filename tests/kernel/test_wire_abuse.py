"""What no front end should send does no harm."""

import socket
import time

import psutil
import pytest
import zmq
from hostile import DELIMITER, Fuzzer, request, signed
from under_attack import KernelUnderAttack


def read_all(sockets: list[zmq.Socket]) -> None:
    for one in sockets:
        while one.poll(0):
            one.recv_multipart()


class Messages(KernelUnderAttack):
    def fuzz(self, count: int) -> None:
        fuzzer = Fuzzer(2026)
        sockets = [self.kernel.connect(zmq.DEALER, kind) for kind in ("shell", "control", "stdin") for _ in range(4)]
        dropped = memory = 0
        for i in range(count):
            if i == count // 5:
                self.assert_alive()
                memory = self.kernel.memory
            frames, bad = fuzzer.message()
            on_stdin = i % 12 >= 8
            # On stdin nothing is taken but the answer to a question, and this nowhere else.
            dropped += bad != on_stdin if b"input_reply" in b"".join(frames) else bad or on_stdin
            sockets[i % 12].send_multipart(frames)
            if i % 100 == 0:
                read_all(sockets)
        self.assert_alive()
        self.assert_tells(dropped)
        self.assertLessEqual(self.kernel.dropped, count)
        self.assertLess(self.kernel.memory - memory, 100)
        # A flood is counted, not written out.
        self.assertLess(self.kernel.log.count("\n"), 300 * 60)
        for one in sockets:
            one.close()

    def test_5000_wrong_messages(self):
        self.fuzz(5000)

    @pytest.mark.slow
    def test_100000_wrong_messages(self):
        self.fuzz(100_000)


class OtherSockets(KernelUnderAttack):
    def test_subscribers_that_send(self):
        """IOPub takes subscriptions only."""
        fuzzer = Fuzzer(7)
        sockets = [self.kernel.connect(zmq.XSUB, "iopub") for _ in range(5)]
        dropped = 0
        for i in range(5000):
            frame = fuzzer.bytes()
            kind = i % 4
            if kind == 0:
                frame = b"\x01" + frame  # a topic
            elif kind == 1:
                frame = b"\x00" + frame  # an end
            elif frame[:1] not in (b"\x00", b"\x01"):
                dropped += 1
            sockets[i % 5].send(frame)
        self.assert_alive()
        self.assert_tells(dropped)
        for one in sockets:
            one.close()

    def test_heartbeats_of_any_shape(self):
        fuzzer = Fuzzer(8)
        rough = [self.kernel.connect(zmq.DEALER, "hb") for _ in range(5)]
        for i in range(2000):
            rough[i % 5].send_multipart([fuzzer.bytes() for _ in range(fuzzer.random.randrange(1, 6))])
        for one in rough:
            one.close()
        polite = self.kernel.connect(zmq.REQ, "hb", RCVTIMEO=5000)
        polite.send_multipart([b"ping", b"", b"pong"])
        self.assertEqual(polite.recv_multipart(), [b"ping", b"", b"pong"])
        polite.close()
        self.assert_alive()


class Connections(KernelUnderAttack):
    ports = ("shell", "iopub", "stdin", "control", "hb")

    def test_no_zeromq_at_all(self):
        """500 connections that say anything but ZeroMQ's greeting, or nothing, or half of it."""
        greeting = b"\xff" + b"\x00" * 8 + b"\x7f\x03\x00NULL" + b"\x00" * 48
        ready = b"\x04\x29\x05READY\x0bSocket-Type\x00\x00\x00\x06DEALER\x08Identity\x00\x00\x00\x00"
        huge = b"\x02" + b"\x7f" + b"\xff" * 7  # a frame of 2^63 bytes is announced
        fuzzer = Fuzzer(9)
        says = [
            lambda: b"",
            lambda: b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
            lambda: fuzzer.random.randbytes(5000),
            lambda: greeting[: fuzzer.random.randrange(64)],
            lambda: greeting + fuzzer.random.randbytes(200),
            lambda: greeting + ready + fuzzer.random.randbytes(500),
            lambda: greeting + ready + huge + b"x" * 1000,
            lambda: greeting + b"\x04" + b"\xff" + b"x" * 255,
        ]
        process = psutil.Process(self.kernel.process.pid)
        before = process.num_fds()
        memory = self.kernel.memory
        connections = []
        for i in range(500):
            one = socket.create_connection(("127.0.0.1", self.kernel.connection[f"{self.ports[i % 5]}_port"]), timeout=5)
            one.sendall(says[i % len(says)]())
            if i % 3 == 0:
                one.shutdown(socket.SHUT_WR)
            connections.append(one)
        self.assert_alive()
        for one in connections:
            one.close()
        self.assert_alive()
        end = time.monotonic() + 10
        while process.num_fds() > before + 5 and time.monotonic() < end:
            time.sleep(0.1)
        self.assertLessEqual(process.num_fds(), before + 5)
        self.assertLess(self.kernel.memory - memory, 60)

    def test_front_ends_that_come_and_go(self):
        process = psutil.Process(self.kernel.process.pid)
        before = process.num_fds()
        for i in range(200):
            sockets = [self.kernel.connect(zmq.DEALER, name) for name in ("shell", "control", "stdin")]
            sockets.append(self.kernel.connect(zmq.SUB, "iopub", SUBSCRIBE=b""))
            sockets[0].send_multipart(request("kernel_info_request", {}))
            if i % 2 == 0:
                sockets[0].poll(1000)
            for one in sockets:
                one.close()
        self.assert_alive()
        end = time.monotonic() + 10
        while process.num_fds() > before + 5 and time.monotonic() < end:
            time.sleep(0.1)
        self.assertLessEqual(process.num_fds(), before + 5)

    def test_one_identity_twice(self):
        """A front end that reconnects under its name is served at its new place."""
        for _ in range(20):
            one = self.kernel.connect(zmq.DEALER, "shell", IDENTITY=b"the same", RCVTIMEO=10_000)
            one.send_multipart(request("kernel_info_request", {}))
            self.assertEqual(one.recv_multipart()[0], DELIMITER)
            one.close()


class Large(KernelUnderAttack):
    def test_frames_of_many_megabytes(self):
        shell = self.kernel.connect(zmq.DEALER, "shell")
        big = b"x" * 50_000_000
        shell.send_multipart([big])
        shell.send_multipart([DELIMITER, b"0" * 64, big, b"{}", b"{}", b"{}"])
        shell.send_multipart(signed([big, b"{}", b"{}", b"{}"]))
        shell.send_multipart(signed([b'{"msg_id": "1", "msg_type": "' + big + b'"}', b"{}", b"{}", b"{}"]))
        shell.send_multipart([b"identity"] * 10_000 + [big])
        self.assert_tells(5)
        self.assert_alive()
        self.assertLess(len(self.kernel.log), 100_000)
        shell.close()

    def test_json_of_great_depth(self):
        shell = self.kernel.connect(zmq.DEALER, "shell", RCVTIMEO=20_000)
        depth = 100_000
        deep = b'{"a":' * depth + b"1" + b"}" * depth
        for place, name in enumerate(("header", "parent header", "metadata", "content")):
            with self.subTest(where=name):
                frames = request("comm_msg", {"comm_id": "unknown", "data": {}})[2:]
                frames[place] = frames[place][:-1] + (b"" if frames[place] == b"{}" else b",") + b'"data": ' + deep + b"}"
                shell.send_multipart(signed(frames))
                self.assert_alive()
        # Every front end would get this header back.
        self.assertIn("header is nested too deeply", self.kernel.log)
        shell.close()

    def test_a_header_comes_back_as_it_was_sent(self):
        shell = self.kernel.connect(zmq.DEALER, "shell", RCVTIMEO=20_000)
        frames = request("execute_request", {"code": "kept.n"})[2:]
        frames[0] = frames[0][:-1] + b', "more" : [1.0, 9007199254740993, "\\ud800", {"__proto__": null}] }'
        shell.send_multipart(signed(frames))
        self.assertEqual(shell.recv_multipart()[3], frames[0])
        shell.close()

    def test_identities_come_back_as_they_were_sent(self):
        """Whoever forwards messages for others puts theirs before the delimiter."""
        for name in ("shell", "control"):
            socket = self.kernel.connect(zmq.DEALER, name, RCVTIMEO=20_000)
            route = [b"proxy", b"", b"\x00\xff", b"end"]
            socket.send_multipart([*route, *request("kernel_info_request", {})])
            self.assertEqual(socket.recv_multipart()[:5], [*route, DELIMITER])
            socket.close()

    def test_one_that_never_reads_its_replies(self):
        shell = self.kernel.connect(zmq.DEALER, "shell", RCVHWM=1, RCVBUF=4096)
        for _ in range(12_000):
            shell.send_multipart(request("kernel_info_request", {}))
        self.assert_alive()
        self.assertLess(self.kernel.memory, 350)
        shell.close()
