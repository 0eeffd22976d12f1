"""The measurements: each one drives one proxy and answers with a dictionary of figures."""
import json
import os
import select
import subprocess
import sys
import time

import machine

CONNECTIONS = 32
RATE = 1000
STREAMS = 200
STREAM_PATH = "/sse/200/10/v1/chat/completions"      # 200 events, one each 10 ms
STREAM_EVENTS = 202
BURST_PATH = "/sse/1000/0/v1/chat/completions"       # 1000 events as fast as they go
BURST_EVENTS = 1002
BURST_STREAMS = 16
MANY_PATH = "/sse/40/250/v1/chat/completions"        # 10 s with 2,000 of them open
MANY_EVENTS = 42
MANY = 2000
MANY_RAMP_S = 4


class Measurements:
    """Everything that drives load. `directory` holds compiled classes and bodies."""

    def __init__(self, processes, here, directory, proxy_core, load_cores):
        self._processes = processes
        self._directory = directory
        self._here = here
        self.core = proxy_core
        self.load_cores = load_cores
        self._bodies = {}
        for model in ("bench", "bench-stream", "bench-burst", "bench-many"):
            path = os.path.join(directory, model + ".json")
            with open(path, "wb") as file:
                file.write(body(model))
            self._bodies[model] = path

    def compile(self):
        sources = [os.path.join(self._here, "load", name) for name in os.listdir(os.path.join(self._here, "load"))
                   if name.endswith(".java")]
        compiler = self._processes.start(["javac", "-d", self._directory, *sources], self.load_cores)
        status = compiler.wait()
        self._processes.forget(compiler)
        if status != 0:
            raise RuntimeError("bench/load does not compile")

    def plain(self, proxy, seconds):
        """Closed loop, 32 connections, 1 KB each way, as fast as it goes."""
        pids = proxy.pids()
        before, busy, threads = machine.cpu_seconds(pids), machine.busy_seconds(self.core), machine.thread_cpu(pids)
        started = time.monotonic()
        load = self._processes.start(
            ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s", "--latency", "--timeout", "10s",
             "-s", os.path.join(self._here, "load", "post.lua"),
             f"http://127.0.0.1:{proxy.port}{proxy.path('/v1/chat/completions')}", "--", self._bodies["bench"]],
            self.load_cores, stdout=subprocess.PIPE, text=True)
        memory = Peak(proxy)
        while load.poll() is None:
            memory.sample()
            time.sleep(0.25)
        output = load.stdout.read()
        self._processes.forget(load)
        after, busy_after = machine.cpu_seconds(pids), machine.busy_seconds(self.core)
        wall = time.monotonic() - started
        result = json.loads(output.splitlines()[-1])
        proxy.calls += result["requests"]
        cpu = after - before
        by_thread = {name: round((used - threads.get(name, 0)) / result["requests"] * 1e6, 2)
                     for name, used in machine.thread_cpu(pids).items()}
        return {"cpuUs": cpu / result["requests"] * 1e6, "rps": result["requests"] / result["seconds"],
                "requests": result["requests"], "errors": result["errors"], "rssMb": memory.mb,
                "coreUsed": cpu / wall, "othersOnCore": max(0.0, busy_after - busy - cpu) / wall,
                "threadsCpuUs": {name: us for name, us in sorted(by_thread.items(), key=lambda row: -row[1]) if us >= 0.05}}

    def rate(self, proxy, seconds, warmup=1, rate=RATE):
        """Open loop, constant rate; the time of a call runs from when it was due."""
        return self._load(proxy, "rate", "/v1/chat/completions", "bench",
                          ["--rate", rate, "--connections", CONNECTIONS, "--warmup", warmup, "--seconds", seconds],
                          "requests")

    def stream(self, proxy, seconds, warmup=1):
        """200 streams at 100 events a second each."""
        return self._load(proxy, "streams", STREAM_PATH, "bench-stream",
                          ["--streams", STREAMS, "--events", STREAM_EVENTS, "--ramp", 1, "--warmup", warmup,
                           "--seconds", seconds], "events")

    def burst(self, proxy, seconds, warmup=1):
        """16 streams without pause."""
        return self._load(proxy, "streams", BURST_PATH, "bench-burst",
                          ["--streams", BURST_STREAMS, "--events", BURST_EVENTS, "--ramp", 0.2, "--warmup", warmup,
                           "--seconds", seconds], "events")

    def many(self, proxy):
        """2,000 streams open at once, each once."""
        result = self._load(proxy, "streams", MANY_PATH, "bench-many",
                            ["--streams", MANY, "--events", MANY_EVENTS, "--ramp", MANY_RAMP_S, "--once"], "events")
        if result["mostOpen"] < MANY:
            result["errors"] += MANY - result["mostOpen"]
        return result

    def _load(self, proxy, mode, path, model, options, unit):
        target = proxy.path(path) if proxy.process else path
        load = self._processes.start(
            ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xms96m", "-Xmx96m", "-Xshare:auto",
             "-cp", self._directory, "Load", mode, "--target", f"127.0.0.1:{proxy.port}", "--path", target,
             "--body", self._bodies[model], *map(str, options)],
            self.load_cores, stdout=subprocess.PIPE)
        pids = proxy.pids() if proxy.process else []
        memory = Peak(proxy)
        marks = {"begin": machine.cpu_seconds(pids)}
        result = None
        for line in _lines(load.stdout, memory.sample):
            if line in ("begin", "end"):
                marks[line] = machine.cpu_seconds(pids)
            else:
                result = json.loads(line)
        if result is None:
            raise RuntimeError(f"{proxy.name}: the load ended without a result (exit {load.wait()})")
        load.wait()
        self._processes.forget(load)
        proxy.calls += result["allCalls"]
        result["cpuUs"] = (marks["end"] - marks["begin"]) / result[unit] * 1e6
        result["rssMb"] = memory.mb
        return result


def _lines(pipe, meanwhile):
    """Lines as they come; `meanwhile` is called four times a second."""
    text = b""
    while True:
        if not select.select([pipe], [], [], 0.25)[0]:
            meanwhile()
            continue
        meanwhile()
        block = os.read(pipe.fileno(), 4096)
        if not block:
            return
        text += block
        while b"\n" in text:
            line, text = text.split(b"\n", 1)
            yield line.decode()


class Peak:
    """The largest resident memory seen, looked at four times a second at most."""

    def __init__(self, proxy):
        self._pids = proxy.pids() if proxy.process else []
        self._next = 0
        self.mb = 0.0

    def sample(self):
        now = time.monotonic()
        if self._pids and now >= self._next:
            self._next = now + 0.25
            self.mb = max(self.mb, machine.rss_mb(self._pids))


class Direct:
    """The provider's stand-in without any proxy before it."""
    name, title, process = "direct", "provider directly", None

    def __init__(self, port):
        self.port = port
        self.calls = 0


def body(model):
    """A chat request of 1,024 bytes, fields in the order in which the OpenAI SDKs write them."""
    call = {"messages": [{"role": "system", "content": "You are a patient assistant who answers in plain sentences."},
                         {"role": "user", "content": ""}],
            "model": model, "max_completion_tokens": 256, "temperature": 0.2, "user": "bench"}
    if model != "bench":
        call["stream"] = True
        call["stream_options"] = {"include_usage": True}
    words = "Say what a reverse proxy does for a program that runs beside it, and what it costs. "
    room = 1024 - len(json.dumps(call, separators=(",", ":")))
    call["messages"][1]["content"] = (words * (room // len(words) + 1))[:room]
    return json.dumps(call, separators=(",", ":")).encode()


def note(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)
