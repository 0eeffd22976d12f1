"""Figures that other load on the machine does not change: system calls and allocated bytes per request."""
import os
import re
import signal
import subprocess
import time

GUARD_RATE = 500
GUARD_S = 4
BATCHED_S = 2


def syscalls(processes, measurements, proxy, directory, load_cores):
    """System calls per request by strace: calls one at a time, and 32 at once."""
    alone = _strace(processes, proxy, directory, load_cores,
                    lambda: measurements.rate(proxy, GUARD_S, warmup=0, rate=GUARD_RATE)["requests"])
    together = _strace(processes, proxy, directory, load_cores,
                       lambda: measurements.plain(proxy, BATCHED_S)["requests"])
    return {"alone": alone, "together": together}


def _strace(processes, proxy, directory, load_cores, drive):
    summary, log = os.path.join(directory, "strace.txt"), os.path.join(directory, "strace.log")
    attach = [word for pid in proxy.pids() for word in ("-p", str(pid))]
    with open(log, "w") as file:
        tracer = processes.start(["strace", "-f", "-c", "-o", summary, *attach], load_cores, stderr=file)
    try:
        deadline = time.monotonic() + 10
        while "attached" not in open(log).read():
            if tracer.poll() is not None or time.monotonic() > deadline:
                return {"notMeasured": open(log).read().strip()[:200] or "strace did not attach"}
            time.sleep(0.1)
        time.sleep(0.5)
        requests = drive()
    finally:
        if tracer.poll() is None:
            tracer.send_signal(signal.SIGINT)
            tracer.wait(20)
        processes.forget(tracer)
    counts = {}
    for line in open(summary):
        row = re.match(r"\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s+(?:\d+\s+)?(\w+)\s*$", line)
        if row and row.group(2) != "total":
            counts[row.group(2)] = int(row.group(1))
    named = {name: round(count / requests, 2) for name, count in sorted(counts.items(), key=lambda item: -item[1])}
    return {"perRequest": sum(counts.values()) / requests,
            "byName": {name: count for name, count in named.items() if count >= 0.01}}


class Allocations:
    """Bytes that a proxy's JVM has allocated, asked through the JVM's own counters."""

    def __init__(self, processes, directory, proxy, load_cores):
        self._process = processes.start(
            ["java", "-XX:+UseSerialGC", "-Xmx64m", "-cp", directory, "Allocated", str(proxy.java_pid())], load_cores,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def bytes(self):
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError("the JVM did not answer about its allocations")
        return int(answer)

    def per(self, drive):
        """Bytes per unit of what `drive` did (it answers how many); the first question warms up the way."""
        self.bytes()
        before = self.bytes()
        count = drive()
        return (self.bytes() - before) / count

    def close(self, processes):
        processes.stop(self._process)
