"""A client of one call at a time: HTTP/1.1 over a connection of its own, so that it can leave in the middle."""
import asyncio
import json
import time


class Call:
    """What became of one call. Times are seconds of the monotonic clock."""

    def __init__(self, started):
        self.started = started
        self.ended = None
        self.status = 0
        self.headers = {}
        self.aborted = False
        self.error = None

    @property
    def seconds(self):
        return self.ended - self.started

    @property
    def waited(self):
        """What the sidecar says that the call waited for a key, in seconds."""
        return int(self.headers.get("x-fairlead-wait-ms", 0)) / 1000


def chat(model="gpt-4o-mini", text="Hi", **more):
    return {"model": model, "max_tokens": 5, "messages": [{"role": "user", "content": text}], **more}


async def call(port, body, headers=None, leave_after=None, path="/v1/chat/completions", key="fairlead", patience=300):
    """One call. `leave_after`: seconds after which the client closes its connection, whatever has come."""
    done = Call(time.monotonic())
    writer = None
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        payload = json.dumps(body).encode()
        lines = [f"POST {path} HTTP/1.1", f"host: 127.0.0.1:{port}", "content-type: application/json",
                 f"authorization: Bearer {key}", f"content-length: {len(payload)}", "connection: close"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + payload)
        read = reader.read(-1)
        raw = await asyncio.wait_for(read, leave_after if leave_after is not None else patience)
        head, _, rest = raw.partition(b"\r\n\r\n")
        status, *fields = head.decode("latin-1").split("\r\n")
        done.status = int(status.split()[1])
        done.headers = {n.lower(): v.strip() for n, _, v in (f.partition(":") for f in fields)}
    except (asyncio.TimeoutError, TimeoutError):
        done.aborted = leave_after is not None
        done.error = None if done.aborted else "no answer"
    except (OSError, IndexError, ValueError) as problem:
        done.error = type(problem).__name__
    finally:
        done.ended = time.monotonic()
        if writer:
            writer.transport.abort()
    return done


async def paced(per_minute, seconds, begin):
    """Open loop: begins a call whenever one is due, whether or not earlier ones have ended. Returns all calls."""
    tasks, start, n = [], time.monotonic(), 0
    while True:
        due = start + n * 60 / per_minute
        if due >= start + seconds:
            return await asyncio.gather(*tasks)
        await asyncio.sleep(max(0, due - time.monotonic()))
        tasks.append(asyncio.ensure_future(begin(n)))
        n += 1


def quantile(values, q):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(q * len(ordered)))] if ordered else 0.0
