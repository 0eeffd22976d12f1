"""bench/profile: the sidecar under load with a flight recording, and what the recording says."""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile

from main import FULL, HERE, UPSTREAM_PORT, interrupted_by_signals, start_upstream, warm_up
from measure import Measurements, note
from processes import Processes
from proxies import Proxy


def main():
    parser = argparse.ArgumentParser(prog="bench/profile")
    parser.add_argument("--seconds", type=int, default=15)
    parser.add_argument("--kind", choices=["plain", "stream", "burst"], default="plain")
    parser.add_argument("--keep", help="where to keep the recording")
    parser.add_argument("--plugin", default="fairlead")
    options = parser.parse_args()
    interrupted_by_signals()
    proxy = Proxy(os.path.join(HERE, "proxies", options.plugin + ".sh"))
    reason = proxy.unavailable()
    if reason:
        raise SystemExit(f"bench: {reason}")
    directory = tempfile.mkdtemp(prefix="fairlead-profile-")
    try:
        with Processes() as processes:
            profile(processes, proxy, directory, options)
    finally:
        shutil.rmtree(directory)


def profile(processes, proxy, directory, options):
    cores = sorted(os.sched_getaffinity(0))
    load_cores = set(cores[1:]) or {cores[0]}
    os.sched_setaffinity(0, load_cores)
    measurements = Measurements(processes, HERE, directory, cores[0], load_cores)
    measurements.compile()
    start_upstream(processes, directory, load_cores)
    proxy.start(processes, directory, UPSTREAM_PORT, {cores[0]})
    drive = getattr(measurements, options.kind)
    note("warming up")
    warm_up(measurements, proxy, FULL)
    recording = options.keep or os.path.join(directory, "sidecar.jfr")
    pid = str(proxy.java_pid())
    jcmd(pid, "JFR.start", "name=bench", "settings=profile", "jdk.ExecutionSample#period=5ms")
    note(f"recording {options.seconds} s")
    result = drive(proxy, options.seconds)
    jcmd(pid, "JFR.stop", "name=bench", f"filename={os.path.abspath(recording)}")
    count = result.get("requests") or result["events"]
    print(f"{count:,} {'requests' if 'requests' in result else 'events'}, {result['cpuUs']:.1f} us CPU each, "
          f"{result['errors']} errors")
    for name, used in result.get("threadsCpuUs", {}).items():
        print(f"  {used:8.2f} us  {name}")
    sys.stdout.flush()
    subprocess.run(["java", "-cp", directory, "JfrTop", recording, str(count)], check=True)


def jcmd(*words):
    subprocess.run(["jcmd", *words], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
