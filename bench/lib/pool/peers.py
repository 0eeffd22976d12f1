"""Other gateways in front of the same accounts: installed from PyPI and npm into a cache of their own, at versions that were tried."""
import json
import os
import pathlib
import subprocess
import sys

CACHE = pathlib.Path(os.environ.get("FAIRLEAD_BENCH_CACHE", pathlib.Path.home() / ".cache/fairlead-bench"))
LITELLM = "1.108.7"
PORTKEY = "1.15.2"


def litellm():
    """The folder with LiteLLM's commands, or `None` and why it cannot be installed."""
    venv = CACHE / f"litellm-{LITELLM}"
    if not (venv / "bin/litellm").exists():
        try:
            subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True, capture_output=True)
            subprocess.run([str(venv / "bin/pip"), "-q", "install", f"litellm[proxy]=={LITELLM}"], check=True,
                           capture_output=True)
        except (OSError, subprocess.CalledProcessError) as problem:
            return None, last_words(problem)
    return venv / "bin", None


def portkey():
    """The gateway's script, or `None` and why it cannot be installed."""
    folder = CACHE / f"portkey-{PORTKEY}"
    script = folder / "node_modules/@portkey-ai/gateway/build/start-server.js"
    if not script.exists():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            subprocess.run(["npm", "install", "--silent", "--prefix", str(folder), f"@portkey-ai/gateway@{PORTKEY}"],
                           check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as problem:
            return None, last_words(problem)
    return script, None


def last_words(problem):
    lines = (getattr(problem, "stderr", None) or b"").decode(errors="replace").split("\n")
    return "".join([line.strip() for line in lines if line.strip()][-1:])[:100] or f"could not be installed: {problem}"[:100]


def litellm_config(provider_port, names):
    """Its router as its documentation advises for several keys: one deployment a key, cool-downs, retries on another."""
    return json.dumps({
        "model_list": [{"model_name": "gpt-4o-mini",
                        "litellm_params": {"model": "openai/gpt-4o-mini", "api_key": f"sk-{name}",
                                           "api_base": f"http://127.0.0.1:{provider_port}/v1"}} for name in names],
        "router_settings": {"routing_strategy": "simple-shuffle", "num_retries": 3, "timeout": 60},
        "litellm_settings": {"telemetry": False}})


def portkey_headers(provider_port, names):
    """Its load balancing with retries, as its documentation advises, in the header that carries its configuration."""
    target = {"provider": "openai", "custom_host": f"http://127.0.0.1:{provider_port}/v1"}
    return {"x-portkey-config": json.dumps({
        "strategy": {"mode": "loadbalance"}, "retry": {"attempts": 5},
        "targets": [{**target, "api_key": f"sk-{name}", "weight": 1} for name in names]})}
