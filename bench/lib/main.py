"""bench/run after the installation: starts everything, rounds, ends everything, writes the report."""
import argparse
import datetime
import json
import os
import shutil
import signal
import sys
import tempfile
import time
import traceback

import guards
import machine
import report
from measure import Direct, MANY, Measurements, body, note
from processes import Processes, free_port, port_taken
from proxies import Proxy
from work import Witness

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
UPSTREAM_PORT = free_port()
# Seconds of each kind of load; "passes" is how often a round goes over all proxies with the closed loop. Short passes, many of
# them: what a busy machine adds changes from second to second, so what is compared must be neighbours in time.
FULL = {"rounds": 3, "passes": 4, "plain": 2, "rate": 8, "stream": 4, "burst": 3, "settle": 4, "warmup": 150}
QUICK = {"rounds": 1, "passes": 3, "plain": 1, "rate": 3, "stream": 3, "burst": 0, "settle": 2, "warmup": 20}

# A pass whose compilers take less than this share of the proxy's CPU time is one of a warm JVM.
COMPILING = 0.03


def main():
    options = arguments()
    plan = dict(QUICK if options.quick else FULL)
    plan["rounds"] = options.rounds or plan["rounds"]
    interrupted_by_signals()
    proxies, absent = chosen(options)
    directory = tempfile.mkdtemp(prefix="fairlead-bench-")
    try:
        with Processes(options.nice) as processes:
            results = run(processes, directory, proxies, plan)
    except KeyboardInterrupt:
        shutil.rmtree(directory)
        raise
    except BaseException:
        note(f"logs of the proxies are kept in {directory}")
        raise
    shutil.rmtree(directory)
    results["absent"] = absent
    results["quick"] = options.quick
    results["nice"] = options.nice
    left = [proxy.name for proxy in proxies if port_taken(proxy.port)]
    if port_taken(UPSTREAM_PORT) or left:
        raise SystemExit(f"bench: still listening after the end: {', '.join(left) or 'the stand-in'}")
    problems = report.publish(results, options.out)
    for problem in problems:
        note(problem)
    return 1 if problems else 0


def arguments():
    parser = argparse.ArgumentParser(prog="bench/run", description="nginx, HAProxy, nginx + Lua and the Fairlead sidecar "
                                     "side by side, each alone on one core; only 127.0.0.1 is called")
    parser.add_argument("--quick", action="store_true", help="under 3 minutes: shows that it works, figures are rough")
    parser.add_argument("--rounds", type=int, help="rounds over all proxies (3; quick: 1)")
    parser.add_argument("--only", help="these plug-ins of bench/proxies, by name with commas")
    parser.add_argument("--skip-install", action="store_true", help="name missing packages instead of installing them")
    parser.add_argument("--nice", type=int, default=0, help="run proxies and load at this nice value: below 0 (root only) "
                        "steadies latencies on a machine that others use too")
    parser.add_argument("--out", default=os.path.join(HERE, "results"), help="folder for latest.md and latest.json")
    return parser.parse_args()


def interrupted_by_signals():
    """Being told to end is treated as Ctrl-C: everything that was started is ended first."""
    def interrupt(number, _):
        raise KeyboardInterrupt(signal.Signals(number).name)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)


def chosen(options):
    """The plug-ins to run, the floor first, and those that cannot run with the reason."""
    folder = os.path.join(HERE, "proxies")
    names = sorted(name.removesuffix(".sh") for name in os.listdir(folder) if name.endswith(".sh"))
    if options.only:
        unknown = set(options.only.split(",")) - set(names)
        if unknown:
            raise SystemExit(f"bench: no plug-in {', '.join(sorted(unknown))} in bench/proxies, there are {', '.join(names)}")
        names = [name for name in names if name in options.only.split(",")]
    names.sort(key=lambda name: (name != report.FLOOR, name))
    proxies, absent = [], {}
    for name in names:
        proxy = Proxy(os.path.join(folder, name + ".sh"))
        if options.quick and not proxy.in_quick and not options.only:
            continue
        reason = proxy.unavailable()
        if reason is None:
            proxies.append(proxy)
        else:
            absent[name] = reason
            note(f"{name} is left out: {reason}")
    if not proxies:
        raise SystemExit("bench: nothing to measure")
    return proxies, absent


def run(processes, directory, proxies, plan):
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        raise SystemExit("bench: two cores are needed, one for the proxy, one for the load and the provider")
    proxy_core, load_cores = cores[0], set(cores[1:])
    os.sched_setaffinity(0, load_cores)
    started = time.time()
    measurements = Measurements(processes, HERE, directory, proxy_core, load_cores)
    measurements.compile()
    results = {"time": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
               "machine": machine.describe(), "plan": plan, "order": [], "proxies": {}, "direct": {"rate": []}}

    for proxy in proxies:
        results["order"].append(proxy.name)
        proxy.start(processes, directory, UPSTREAM_PORT, {proxy_core})
        figures = results["proxies"][proxy.name] = {
            "title": proxy.title, "version": proxy.version(), "plain": [], "rate": [], "stream": [], "burst": []}
        with Witness(UPSTREAM_PORT) as witness:
            wrong = witness.check(proxy, body("bench"))
        if wrong:
            raise SystemExit(f"bench: {proxy.name} does not do its work: {'; '.join(wrong)}\n{proxy.log_tail()}")
        time.sleep(plan["settle"])
        figures["idleMb"] = machine.rss_mb(proxy.pids())

    start_upstream(processes, directory, load_cores)
    for proxy in proxies:
        note(f"warming up {proxy.name}")
        warm_up(measurements, proxy, plan)
    for number in range(1, plan["rounds"] + 1):
        round_of(number, measurements, proxies, plan, results)
    for proxy in proxies:
        last_of(processes, directory, load_cores, measurements, proxy, plan, results["proxies"][proxy.name])
        proxy.stop(processes)
    results["seconds"] = round(time.time() - started)
    return results


def warm_up(measurements, proxy, plan):
    """A JIT compiler is done after a number of calls, not after a time: the loads of the rounds are repeated until compiling
    takes next to nothing, to a limit. Meanwhile the proxy may use every core: only compilers need that."""
    seconds = min(proxy.warmup_s, plan["warmup"])
    if not proxy.jvm:
        measurements.plain(proxy, seconds)
        measurements.stream(proxy, 1)
        return
    limit = time.monotonic() + plan["warmup"]
    quiet = 0
    machine.pin(proxy.pids(), {measurements.core, *measurements.load_cores})
    while quiet < 2 and time.monotonic() < limit:
        measurements.stream(proxy, 2)
        if plan["burst"]:
            measurements.burst(proxy, 1)
        last = measurements.plain(proxy, 3)
        compiling = sum(us for name, us in last["threadsCpuUs"].items() if "Compiler" in name)
        quiet = quiet + 1 if compiling < COMPILING * last["cpuUs"] else 0
    machine.pin(proxy.pids(), {measurements.core})
    if quiet < 2:
        note(f"{proxy.name} is not warm after {proxy.calls} calls in {plan['warmup']} s; its CPU figures include compiling")


def round_of(number, measurements, proxies, plan, results):
    """One kind of load after the other, each over all proxies, so that what is compared was measured within a minute."""
    for _ in range(plan["passes"]):
        for proxy in proxies:
            figures = results["proxies"][proxy.name]
            figures["plain"].append(measurements.plain(proxy, plan["plain"]))
            last = figures["plain"][-1]
            note(f"round {number} {proxy.name}: {last['cpuUs']:.1f} us CPU a request, {last['rps']:.0f} a second, "
                 f"{last['errors']} errors")
            if proxy.records:
                proxy.drain_records()
    results["direct"]["rate"].append(measurements.rate(Direct(UPSTREAM_PORT), plan["rate"]))
    for proxy in proxies:
        figures = results["proxies"][proxy.name]
        figures["rate"].append(measurements.rate(proxy, plan["rate"]))
        note(f"round {number} {proxy.name}: at 1,000 a second p50 {figures['rate'][-1]['p50Us']:.0f} us, "
             f"p99 {figures['rate'][-1]['p99Us']:.0f} us (directly: {results['direct']['rate'][-1]['p50Us']:.0f}, "
             f"{results['direct']['rate'][-1]['p99Us']:.0f})")
    for kind in ("stream", "burst"):
        for proxy in proxies if plan[kind] else []:
            figures = results["proxies"][proxy.name]
            figures[kind].append(getattr(measurements, kind)(proxy, plan[kind]))
            last = figures[kind][-1]
            note(f"round {number} {proxy.name}: {kind} {last['cpuUs']:.2f} us CPU an event, "
                 f"{last['events'] / last['seconds']:.0f} a second, {last['errors']} errors")
            if proxy.records:
                proxy.drain_records()


def last_of(processes, directory, load_cores, measurements, proxy, plan, figures):
    """What is measured once: system calls, then 2,000 streams, whose connections take a while to be cleared away, and last
    what changes the process itself (the JVM opens its management port to be asked)."""
    figures["syscalls"] = guards.syscalls(processes, measurements, proxy, directory, load_cores)
    figures["many"] = measurements.many(proxy)
    note(f"{proxy.name}: {MANY} streams, {figures['many']['rssMb'] - figures['idleMb']:.1f} MB over idle, "
         f"{figures['many']['errors']} errors")
    if proxy.records:
        time.sleep(2)
        figures["records"], figures["calls"] = proxy.drain_records(), proxy.calls
    if proxy.jvm:
        allocations = guards.Allocations(processes, directory, proxy, load_cores)
        figures["allocatedBytes"] = allocations.per(lambda: measurements.plain(proxy, 2)["requests"])
        figures["allocatedBytesPerEvent"] = allocations.per(lambda: measurements.stream(proxy, 2)["allEvents"])
        allocations.close(processes)


def start_upstream(processes, directory, cores):
    """The provider's stand-in, listening when this returns."""
    upstream = os.path.join(directory, "upstream")
    os.mkdir(upstream)
    with open(os.path.join(upstream, "output.log"), "wb") as log:
        process = processes.start([os.path.join(HERE, "upstream", "serve"), "run"], cores, stdout=log, stderr=log,
                                  env=dict(os.environ, PORT=str(UPSTREAM_PORT), DIR=upstream))
    deadline = time.monotonic() + 10
    while not port_taken(UPSTREAM_PORT):
        if process.poll() is not None or time.monotonic() > deadline:
            with open(os.path.join(upstream, "output.log"), errors="replace") as log:
                raise RuntimeError(f"the provider's stand-in does not start: {log.read()[-500:]}")
        time.sleep(0.05)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        note("interrupted; everything that was started has been ended")
        sys.exit(130)
    except (RuntimeError, OSError) as problem:
        note(str(problem))
        if os.environ.get("BENCH_TRACE"):
            traceback.print_exc()
        sys.exit(1)
