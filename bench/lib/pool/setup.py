"""Starts a simulated provider and sidecars for one scenario, and reads the provider's books."""
import json
import os
import pathlib
import re
import shutil
import socket
import tempfile
import threading
import time
import urllib.request

from processes import Processes, free_port

ROOT = pathlib.Path(__file__).resolve().parents[3]
CORES = os.sched_getaffinity(0)
NICE = 0


class Setup:
    """Use as a context manager: leaving it ends everything."""

    def __init__(self):
        self._processes = Processes(NICE)
        self._dir = tempfile.TemporaryDirectory(prefix="pool-bench-")
        self._made = 0

    def __enter__(self):
        self._processes.__enter__()
        return self

    def __exit__(self, *what):
        self._processes.__exit__(*what)
        self._dir.cleanup()

    def folder(self, name):
        self._made += 1
        path = pathlib.Path(self._dir.name) / f"{self._made}-{name}"
        path.mkdir()
        return path

    def command(self, args, ready, **environment):
        """Starts a command and waits for the port in the first line that matches `ready`."""
        log = open(self.folder("log") / "stderr", "w+")
        process = self._processes.start(args, CORES, stdout=-1, stderr=log, text=True,
                                        env={**os.environ, "JAVA_OPTS": "-Xmx256m", **environment})
        for line in process.stdout:
            found = re.search(ready, line)
            if found:
                threading.Thread(target=lambda: [None for _ in process.stdout], daemon=True).start()
                return process, int(found.group(1))
        log.seek(0)
        raise RuntimeError(f"{args[0]} ended: {log.read()[-2000:]}")

    def serve(self, args, port, **environment):
        """Starts a command that says nothing and waits until its port takes connections."""
        log = open(self.folder("log") / "output", "w")
        process = self._processes.start(args, CORES, stdout=log, stderr=log, env={**os.environ, **environment})
        for _ in range(1200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return process
            if process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError(f"{args[0]} does not listen: {pathlib.Path(log.name).read_text()[-2000:]}")

    def stop(self, process):
        self._processes.stop(process)

    def kill(self, process):
        """Without a word."""
        process.kill()
        process.wait()
        self._processes.forget(process)

    def redis(self):
        """A Redis that keeps nothing; returns process and address."""
        if not shutil.which("redis-server"):
            raise SystemExit("needs redis-server (apt-get install redis-server)")
        port = free_port()
        process = self.serve(["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--daemonize", "no"],
                             port)
        return process, f"127.0.0.1:{port}"

    def provider(self, accounts, **profile):
        """A simulated provider with `{name: limits}`; each account has the key sk-NAME."""
        written = {"accounts": [{"name": n, "keys": [f"sk-{n}"], **({"limits": l} if l else {})}
                                for n, l in accounts.items()], "logSize": 200_000, **profile}
        file = self.folder("provider") / "profile.yaml"
        file.write_text(json.dumps(written))
        _, port = self.command([str(ROOT / "bin/fairlead"), "simulate", "--listen", "127.0.0.1:0",
                                "--profile", str(file)], r"ready http://127\.0\.0\.1:(\d+)")
        return Provider(port)

    def sidecar(self, provider, keys, route=None, tenant=None, **pool):
        """A sidecar whose pool has `keys` (name to the fields of a key beside its Secret); returns process and port. With a
        `tenant` it belongs to a workload of that one; the pool is then the same for all of them."""
        folder = self.folder("manifests")
        secret = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "keys"},
                  "stringData": {name: f"sk-{name}" for name in keys}}
        airoute = {"apiVersion": "fairlead.dev/v1alpha1", "kind": "AIRoute", "metadata": {"name": "chat"},
                   "spec": {"models": [{"name": "gpt-4o-mini",
                                        "targets": [{"name": "primary", "keyPoolRef": {"name": "accounts"}}]}],
                            **(route or {})}}
        documents, options = [secret, keypool(provider, keys, **pool), airoute], []
        if tenant:
            airoute["spec"]["access"] = {"mode": "Open", "allowedFrom": {"namespaces": "All"}}
            for document in documents:
                document["metadata"]["namespace"] = "shared"
            documents.append({"apiVersion": "fairlead.dev/v1alpha1", "kind": "Tenant", "metadata": {"name": tenant},
                              "spec": {"namespaces": [tenant]}})
            options = ["--namespace", tenant]
        for document in documents:
            (folder / f"{document['kind'].lower()}.yaml").write_text(json.dumps(document))
        admin = free_port()
        process, port = self.command(
            [str(ROOT / "bin/fairlead"), "run", str(folder), "--listen", "127.0.0.1:0", "--admin", f"127.0.0.1:{admin}",
             *options],
            r"ready http://127\.0\.0\.1:(\d+)")
        return Sidecar(process, port, admin)


def keypool(provider, keys, **pool):
    """A KeyPool of `keys` (name to the fields of a key beside its Secret, which is called keys)."""
    written = [{"name": name, "secretRef": {"name": "keys", "key": name}, **fields} for name, fields in keys.items()]
    return {"apiVersion": "fairlead.dev/v1alpha1", "kind": "KeyPool", "metadata": {"name": "accounts"},
            "spec": {"provider": {"type": "OpenAICompatible", "baseURL": f"http://127.0.0.1:{provider.port}/v1"},
                     "keys": written, "wait": {"maxWait": "2m", "maxDepth": 10_000}, **pool}}


class Sidecar:
    def __init__(self, process, port, admin=None):
        self.process, self.port, self.admin = process, port, admin

    def metric(self, name):
        """The sum of a metric's samples, by the sidecar's metrics page; one that is not there is an error, not 0."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.admin}/metrics") as answer:
            samples = re.findall(rf"^{name}(?:{{[^}}]*}})? (\S+)$", answer.read().decode(), re.MULTILINE)
        if not samples:
            raise RuntimeError(f"the metrics page has no {name}")
        return sum(map(float, samples))


class Provider:
    def __init__(self, port):
        self.port = port

    def books(self, log=0):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/stats?log={log}") as answer:
            return json.load(answer)

    def fault(self, **fault):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/faults", json.dumps([fault]).encode(),
                                         {"content-type": "application/json"}, method="POST")
        urllib.request.urlopen(request).close()

    def reset(self):
        """Books, buckets and faults begin anew."""
        urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{self.port}/reset", b"", method="POST")).close()

    def totals(self):
        """Requests, admitted, and those turned away, over all accounts."""
        accounts = self.books()["accounts"].values()
        turned = sum(sum(a["rejected"].values()) for a in accounts)
        return sum(a["requests"] for a in accounts), sum(a["admitted"] for a in accounts), turned
