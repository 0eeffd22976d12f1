"""Processes that a run starts: pinned to a core, ended by their own id whatever happens."""
import ctypes
import os
import signal
import socket
import subprocess
import time

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


class Processes:
    """Starts and ends. Use as a context manager: leaving it ends everything that still runs."""

    def __init__(self, nice=0):
        self._running = []
        self._nice = nice

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in list(reversed(self._running)):
            self.stop(process)

    def start(self, command, cores, **options):
        """A process in a session of its own (a Ctrl-C reaches the run, which then ends it) on these cores."""
        parent = os.getpid()

        def prepare():
            os.sched_setaffinity(0, cores)
            if self._nice:
                os.setpriority(os.PRIO_PROCESS, 0, self._nice)
                nice_session(self._nice)
            _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:
                os._exit(1)

        process = subprocess.Popen(command, start_new_session=True, preexec_fn=prepare, **options)
        self._running.append(process)
        return process

    def stop(self, process, patience=15):
        """Asks to end, waits, then kills; the process and those below it."""
        from machine import tree
        if process in self._running:
            self._running.remove(process)
        if process.poll() is not None:
            return
        below = tree(process.pid)
        process.terminate()
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            pass
        for pid in below:
            if pid != process.pid or process.poll() is None:
                _end(pid, patience)
        if process.poll() is None:
            process.wait(patience)

    def forget(self, process):
        """Called when a process has ended by itself."""
        if process in self._running:
            self._running.remove(process)


def nice_session(nice):
    """Where the kernel schedules sessions as groups, the group's own nice value is what counts."""
    try:
        with open("/proc/self/autogroup", "w") as file:
            file.write(str(nice))
    except OSError:
        pass


def _end(pid, patience):
    """A left-over child: it was told to end by its parent, so first a moment to do so."""
    deadline = time.monotonic() + min(3, patience)
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def port_taken(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
        return False
