"""A stream of server-sent events that somebody listens to."""

import contextlib
import json
import queue
import socket
import threading
import urllib.request


class Stream:
    """An open stream, read by a thread of its own."""

    def __init__(self, person, path="/api/v1/stream", headers=None):
        request = urllib.request.Request(person.desk.url + path, headers={**person.credentials(), **(headers or {})})
        self.answer = urllib.request.urlopen(request, timeout=60)
        self.events = queue.Queue()
        self.seen = []
        self.beats = 0
        self.thread = threading.Thread(target=self.read, daemon=True)
        self.thread.start()

    def read(self):
        event = {}
        try:
            for line in self.answer:
                line = line.decode().rstrip("\n")
                self.beats += line == ":"
                if line and not line.startswith(":"):
                    name, _, value = line.partition(": ")
                    event[name] = value
                elif event.get("event"):
                    self.events.put({**event, "data": json.loads(event["data"])})
                    event = {}
        except (OSError, ValueError):
            pass
        self.events.put(None)

    def next(self):
        """The next event; None when the stream has ended."""
        event = self.events.get(timeout=30)
        self.seen.append(event)
        return event

    def until(self, number):
        """Waits for the change of a request."""
        while True:
            event = self.next()
            assert event is not None, self.seen
            if event["event"] == "changed" and event["data"]["number"] == number:
                return event

    def close(self):
        """Hangs up, although the thread still reads."""
        with contextlib.suppress(OSError):
            self.answer.fp.raw._sock.shutdown(socket.SHUT_RDWR)
        self.thread.join()
