"""A service that knows nothing of OAuth. Before the gateway, anybody could call it; now it also knows who does."""

import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from caller import KeysAway, caller_of


class Greeter(BaseHTTPRequestHandler):
    def do_GET(self):
        try:
            caller = caller_of(self.headers.get("Valetkey-Caller", ""))
        except KeysAway:
            return self.answer(503, {"error": "The gateway's keys cannot be read now."})
        if caller is None:
            return self.answer(401, {"error": "Call me through the gateway."})
        through, scopes = caller["client_id"], caller["scope"].split()
        self.answer(200, {"language": "Python", "hello": caller["sub"], "through": through, "scopes": scopes})

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Greeter)
print("ready", flush=True)
server.serve_forever()
