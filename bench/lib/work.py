"""Before anything is timed: does every proxy do its work? One call each against a stand-in that looks at what arrives."""
import http.client
import http.server
import json
import threading
import time

ANSWER = {"id": "chatcmpl-check", "object": "chat.completion", "created": 1741569952, "model": "bench",
          "choices": [{"index": 0, "message": {"role": "assistant", "content": "seen"}, "finish_reason": "stop"}],
          "usage": {"prompt_tokens": 7, "completion_tokens": 2, "total_tokens": 9}}
POOL_KEYS = {f"Bearer bench-key-{number}" for number in (1, 2, 3)}
CALLER_KEY = "Bearer fairlead"
PATH = "/v1/chat/completions"


class Witness:
    """A provider that keeps the last call it was sent. Use as a context manager."""

    def __init__(self, port):
        witness = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("content-length", "0")))
                witness.seen = (self.path, self.headers.get("authorization"), body)
                answer = json.dumps(ANSWER).encode()
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(answer)))
                self.send_header("connection", "close")
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        self.seen = None
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def check(self, proxy, body, patience=30):
        """Sends the call through the proxy until it is answered 200, then compares both ends. A list of what is wrong."""
        deadline = time.monotonic() + patience
        while True:
            self.seen = None
            status, answer = _call(proxy.port, proxy.path(PATH), body)
            if status == 200:
                break
            if time.monotonic() > deadline:
                return [f"answered {status}: {answer[:200]!r}"]
            time.sleep(0.5)
        if self.seen is None:
            return ["answered 200 without having asked the provider"]
        wrong = []
        path, credential, arrived = self.seen
        if path != PATH:
            wrong.append(f"the provider was asked for {path}, expected {PATH}")
        if proxy.swaps_credential and credential not in POOL_KEYS:
            wrong.append("the provider did not get a pool key")
        if not proxy.swaps_credential and credential != CALLER_KEY:
            wrong.append("the provider did not get the caller's credential")
        if json.loads(arrived) != json.loads(body):
            wrong.append("the provider got another body")
        if json.loads(answer) != ANSWER:
            wrong.append("the client got another answer")
        return wrong


def _call(port, path, body):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("POST", path, body, {"content-type": "application/json", "authorization": CALLER_KEY})
        response = connection.getresponse()
        return response.status, response.read()
    except (OSError, http.client.HTTPException) as problem:
        return 0, str(problem).encode()
    finally:
        connection.close()
