"""A proxy under test: one plug-in script in bench/proxies, started on the core under test."""
import os
import socket
import subprocess
import time

import machine
from processes import free_port


class Proxy:
    """What `NAME.sh about` says, and the running process."""

    def __init__(self, script):
        self.script = script
        self.name = os.path.basename(script).removesuffix(".sh")
        about = dict(line.split("=", 1) for line in self._ask("about").splitlines())
        self.title = about.pop("title")
        self.swaps_credential = about.pop("credential") == "swapped"
        self.fixed_path = about.pop("path", None)
        self.records = about.pop("records", None)
        self.jvm = about.pop("jvm", "no") == "yes"
        self.warmup_s = float(about.pop("warmup", "2"))
        self.in_quick = about.pop("quick", "yes") == "yes"
        if about:
            raise SystemExit(f"bench: {script} about: unknown {', '.join(about)}")
        self.process = None
        self.calls = 0
        self.written = self.drained = 0

    def _ask(self, what):
        return subprocess.run([self.script, what], check=True, capture_output=True, text=True).stdout.strip()

    def unavailable(self):
        """Why this proxy cannot be measured now, or None."""
        result = subprocess.run([self.script, "check"], capture_output=True, text=True)
        if result.returncode in (0, 2):   # 2: the plug-in knows no such question
            return None
        return (result.stderr or result.stdout).strip() or "its check failed"

    def version(self):
        return self._ask("version")

    def start(self, processes, directory, upstream, cores):
        self.directory = os.path.join(directory, self.name)
        os.makedirs(self.directory, exist_ok=True)
        self.port, self.admin = free_port(), free_port()
        log = open(os.path.join(self.directory, "output.log"), "ab")
        environment = dict(os.environ, PORT=str(self.port), ADMIN=str(self.admin), UPSTREAM=str(upstream),
                           DIR=self.directory)
        self.process = processes.start([self.script, "serve"], cores, env=environment, stdout=log, stderr=log,
                                       stdin=subprocess.DEVNULL)
        log.close()
        self._await_port()

    def _await_port(self):
        deadline = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 2).close()
                return
            except OSError:
                pass
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{self.name} does not listen on its port\n{self.log_tail()}")
            time.sleep(0.1)

    def log_tail(self):
        """The last lines that the proxy printed, for messages."""
        with open(os.path.join(self.directory, "output.log"), errors="replace") as file:
            return "".join(file.readlines()[-15:]).rstrip()

    def stop(self, processes):
        processes.stop(self.process)
        self.process = None

    def pids(self):
        return machine.tree(self.process.pid)

    def java_pid(self):
        """The JVM in the process tree."""
        for pid in self.pids():
            try:
                if os.path.basename(os.readlink(f"/proc/{pid}/exe")) == "java":
                    return pid
            except OSError:
                pass
        raise RuntimeError(f"{self.name}: no java process below {self.process.pid}")

    def path(self, upstream_path):
        """Where a client of this proxy sends what should arrive at this path of the provider."""
        return self.fixed_path or upstream_path

    def drain_records(self):
        """Lines logged since the start; empties the file where its writer appends, so that it does not fill the disk."""
        path = os.path.join(self.directory, self.records)
        with open(path, "rb+") as file:
            file.seek(self.drained)
            while block := file.read(1 << 20):
                self.written += block.count(b"\n")
            self.drained = file.tell()
            if self._appends(path):
                file.truncate(0)
                self.drained = 0
        return self.written

    def _appends(self, path):
        target = os.path.realpath(path)
        for pid in self.pids():
            for number in os.listdir(f"/proc/{pid}/fd"):
                try:
                    if os.readlink(f"/proc/{pid}/fd/{number}") == target:
                        with open(f"/proc/{pid}/fdinfo/{number}") as file:
                            flags = next(line for line in file if line.startswith("flags:"))
                        return int(flags.split()[1], 8) & os.O_APPEND != 0
                except OSError:
                    continue
        return False
