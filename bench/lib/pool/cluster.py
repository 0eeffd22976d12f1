"""A real API server (etcd and kube-apiserver; no controllers, no nodes), the operator as a process, and sidecars of its pods."""
import json
import os
import pathlib
import shutil
import socket
import subprocess
import time
import urllib.request

from processes import free_port
from setup import ROOT, Sidecar

OURS, TEAM = "fairlead-system", "ai-platform"
WEBHOOKS = "fairlead-injection"
CONFIG_HOST = f"fairlead-config.{OURS}.svc"
SHIPPED = {"ServiceAccount", "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding", "Service",
           "MutatingWebhookConfiguration"}
BINARIES = pathlib.Path.home() / ".kubeapitest/k8s"


def tool(name):
    """From the PATH, or from where the Maven build's tests against an API server have theirs."""
    found = shutil.which(name) or next((str(f) for f in sorted(BINARIES.glob(f"*/{name}"))), None)
    if not found:
        raise SystemExit(f"needs {name} on the PATH or in {BINARIES}/VERSION-OS-ARCH")
    return found


class Cluster:
    """Starts the API server with Fairlead's kinds and the roles that the chart gives; `operator()` comes next, then pods."""

    def __init__(self, setup):
        self._setup = setup
        self._dir = setup.folder("cluster")
        self._admin = self._dir / "admin.kubeconfig"
        # Names as a cluster's DNS has them, for Java only.
        hosts = self._dir / "hosts"
        hosts.write_text(f"127.0.0.1 {CONFIG_HOST} localhost\n")
        self._java = f"-Xmx256m -Djdk.net.hosts.file={hosts}"
        self._start()
        self._install()

    def _start(self):
        client, peer, port = free_port(), free_port(), free_port()
        key, tokens = self._dir / "sa.key", self._dir / "tokens.csv"
        subprocess.run(["openssl", "genrsa", "-out", str(key), "2048"], check=True, capture_output=True)
        tokens.write_text("admin-of-this-run,admin,admin,system:masters\n")
        self._setup.serve([
            tool("etcd"), "--data-dir", str(self._dir / "etcd"), "--unsafe-no-fsync", "--log-level", "error",
            "--listen-client-urls", f"http://127.0.0.1:{client}", "--advertise-client-urls", f"http://127.0.0.1:{client}",
            "--listen-peer-urls", f"http://127.0.0.1:{peer}", "--initial-advertise-peer-urls", f"http://127.0.0.1:{peer}",
            "--initial-cluster", f"default=http://127.0.0.1:{peer}"], client)
        self._setup.serve([
            tool("kube-apiserver"), "--etcd-servers", f"http://127.0.0.1:{client}", "--bind-address", "127.0.0.1",
            "--secure-port", str(port), "--cert-dir", str(self._dir / "certs"), "--token-auth-file", str(tokens),
            "--authorization-mode", "RBAC", "--service-account-issuer", "https://kubernetes.default.svc",
            "--service-cluster-ip-range", "10.0.0.0/24", "--service-account-signing-key-file", str(key),
            "--service-account-key-file", str(key), "--disable-admission-plugins", "ServiceAccount", "--enable-aggregator-routing"], port)
        self._address = f"https://127.0.0.1:{port}"
        self._kubeconfig(self._admin, "admin-of-this-run")
        eventually("the API server is ready", lambda: self.kubectl("get", "--raw", "/readyz") == "ok")

    def _kubeconfig(self, file, token):
        file.write_text(json.dumps({
            "apiVersion": "v1", "kind": "Config", "current-context": "bench",
            "clusters": [{"name": "bench", "cluster": {"server": self._address, "insecure-skip-tls-verify": True}}],
            "users": [{"name": "bench", "user": {"token": token}}],
            "contexts": [{"name": "bench", "context": {"cluster": "bench", "user": "bench"}}]}))
        return file

    def kubectl(self, *args, text=None):
        """As somebody who may do everything; what it prints."""
        done = subprocess.run([tool("kubectl"), "--kubeconfig", str(self._admin), *args], input=text, text=True,
                              capture_output=True)
        if done.returncode:
            raise RuntimeError(f"kubectl {' '.join(args)}: {done.stderr.strip()}")
        return done.stdout

    def apply(self, *documents):
        self.kubectl("apply", "--server-side", "-f", "-", text="---\n" + "\n---\n".join(
            d if isinstance(d, str) else json.dumps(d) for d in documents))

    def _install(self):
        crds = ROOT / "charts/fairlead/files/crds"
        self.kubectl("apply", "--server-side", "-f", str(crds))
        self.kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s")
        for name in (OURS, TEAM, "payments"):
            self.apply({"apiVersion": "v1", "kind": "Namespace",
                        "metadata": {"name": name, "labels": {"fairlead.dev/inject": "enabled"}}})
        self.apply({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default", "namespace": TEAM}})
        # bin/chart-test holds this file to the chart.
        shipped = (ROOT / "charts/tests/key-namespaces/expected.yaml").read_text().split("\n---\n")
        self.apply(*(d for d in shipped if any(f"\nkind: {kind}\n" in d for kind in SHIPPED)))
        self.apply({"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "addressType": "IPv4",
                    "metadata": {"name": "fairlead-webhook", "namespace": OURS,
                                 "labels": {"kubernetes.io/service-name": "fairlead-webhook"}},
                    "endpoints": [{"addresses": [own_address()], "conditions": {"ready": True}}],
                    "ports": [{"name": "webhook", "port": 9443, "protocol": "TCP"}]})

    def operator(self):
        """A replica as the chart's ServiceAccount, on the ports that its Services name; returns the process."""
        token = self.kubectl("create", "token", "fairlead-operator", "-n", OURS, "--duration", "2h").strip()
        process, _ = self._setup.command(
            [str(ROOT / "bin/fairlead"), "operator"], r"started \D*(\d)", JAVA_OPTS=self._java,
            KUBECONFIG=str(self._kubeconfig(self._dir / "operator.kubeconfig", token)),
            FAIRLEAD_NAMESPACE=OURS, FAIRLEAD_POD_NAME="fairlead-operator-0", FAIRLEAD_POD_IP="127.0.0.1",
            FAIRLEAD_KEY_NAMESPACES=TEAM, FAIRLEAD_WEBHOOK_CONFIGURATION=WEBHOOKS,
            FAIRLEAD_SIDECAR_IMAGE="localhost/fairlead/fairlead:bench")
        eventually("the operator is ready", lambda: answers(8080, "/readyz") and json.loads(
            self.kubectl("get", "mutatingwebhookconfiguration", WEBHOOKS, "-o", "json"))
            ["webhooks"][0]["clientConfig"].get("caBundle"))
        return process

    def sidecar(self, name):
        """Creates a pod, which the webhook injects, and runs as a process what was injected."""
        self.kubectl("create", "-f", "-", text=json.dumps({
            "apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "namespace": TEAM, "labels": {"app": "app"}},
            "spec": {"serviceAccountName": "default", "automountServiceAccountToken": False,
                     "containers": [{"name": "app", "image": "localhost/app:1"}]}}))
        pod = json.loads(self.kubectl("get", "pod", name, "-n", TEAM, "-o", "json"))
        injected = {e["name"]: e.get("value") for e in pod["spec"]["initContainers"][0]["env"]}
        folder = self._setup.folder(name)
        (folder / "state").mkdir()
        (folder / "token").write_text(self.kubectl(
            "create", "token", "default", "-n", TEAM, "--audience", "fairlead.dev/config", "--duration", "2h",
            "--bound-object-kind", "Pod", "--bound-object-name", name, "--bound-object-uid", pod["metadata"]["uid"]))
        port, admin, probes = free_port(), free_port(), free_port()
        process = self._setup.serve(
            [str(ROOT / "bin/fairlead"), "sidecar"], probes, JAVA_OPTS=self._java,
            FAIRLEAD_CONFIG_ADDRESS=injected["FAIRLEAD_CONFIG_ADDRESS"], FAIRLEAD_CA_BUNDLE=injected["FAIRLEAD_CA_BUNDLE"],
            FAIRLEAD_TOKEN_FILE=str(folder / "token"), FAIRLEAD_STATE_DIR=str(folder / "state"),
            FAIRLEAD_POD_IP="127.0.0.1", FAIRLEAD_DATA_PORT=str(port), FAIRLEAD_ADMIN_PORT=str(admin),
            FAIRLEAD_PROBE_PORT=str(probes))
        eventually(f"{name} is ready", lambda: answers(probes, "/readyz"))
        return Sidecar(process, port)


def own_address():
    """One that an EndpointSlice may name: not the loopback. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))
        return probe.getsockname()[0]


def answers(port, path):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def eventually(what, holds, seconds=120):
    end, problem = time.monotonic() + seconds, None
    while time.monotonic() < end:
        try:
            if holds():
                return
        except RuntimeError as failed:
            problem = failed
        time.sleep(0.2)
    raise RuntimeError(f"not within {seconds} s: {what}" + (f" ({problem})" if problem else ""))
