"""The scenarios. Each takes `quick` and returns its figures."""
import asyncio
import collections
import datetime
import json
import os
import pathlib
import random
import time

import peers as peer_gateways
from client import call, chat, paced, quantile
from figures import Figure, at_least, at_most, busiest_minute, fullest_window, limited, said
from fleets import leased_fleet, redis_fleet
from processes import free_port
from setup import ROOT, Setup


async def three_groups(quick):
    """3 accounts of 60 requests in each minute of the clock, 170 a minute offered, limits known to nobody but the provider"""
    with Setup() as setup:
        names = ("one", "two", "three")
        provider = setup.provider({n: {"requestsPerMinute": 60, "admission": "FixedWindow"} for n in names})
        sidecar = setup.sidecar(provider, {n: {"quotaGroup": n} for n in names})
        calls = await paced(170, 90 if quick else 300, lambda n: call(sidecar.port, chat()))
        requests, _, turned = provider.totals()
        return [
            at_most("client errors", sum(c.status != 200 for c in calls), 0),
            at_most("429s of the provider, of its requests", 100 * turned / requests, 1, " %"),
            at_most("asked of an account, busiest minute of the clock", fullest_window(provider), 60),
            said("calls, p50 and p99 of the wait", f"{len(calls)}, {quantile([c.waited for c in calls], .5):.2f} s, "
                 f"{quantile([c.waited for c in calls], .99):.2f} s")]


async def known_limits(quick):
    """The same, with the limits in the KeyPool: what sliding windows of 60 a minute keep"""
    with Setup() as setup:
        names = ("one", "two", "three")
        provider = setup.provider({n: {"requestsPerMinute": 60, "admission": "FixedWindow"} for n in names})
        keys, pool = limited(names, requestsPerMinute=60, burst=60)
        sidecar = setup.sidecar(provider, keys, **pool)
        calls = await paced(170, 90 if quick else 300, lambda n: call(sidecar.port, chat()))
        requests, _, turned = provider.totals()
        return [
            at_most("client errors", sum(c.status != 200 for c in calls), 0),
            at_most("429s of the provider, of its requests", 100 * turned / requests, 1, " %"),
            at_most("busiest minute of an account, requests", max(busiest_minute(provider).values()), 60)]


async def overload(quick):
    """The same accounts, 300 a minute offered, every call with a deadline of 30 s"""
    with Setup() as setup:
        names = ("one", "two", "three")
        provider = setup.provider({n: {"requestsPerMinute": 60, "burst": 1} for n in names})
        keys, pool = limited(names, requestsPerMinute=60, burst=1)
        sidecar = setup.sidecar(provider, keys, **pool)
        seconds = 90 if quick else 300
        calls = await paced(300, seconds,
                            lambda n: call(sidecar.port, chat(), {"x-fairlead-timeout-ms": "30000",
                                                                  "x-stainless-retry-count": "0"}))
        served = [c for c in calls if c.status == 200]
        refused = [c for c in calls if c.status != 200]
        first = min(c.started for c in calls)
        within = [c for c in served if c.ended <= first + seconds]
        capacity = 3 * seconds
        return [
            at_least("served within the time, of what the accounts allow", 100 * len(within) / capacity, 97, " %"),
            at_most("refused: slowest refusal", max([c.seconds for c in refused] or [0]), 0.5, " s"),
            at_most("refused with anything but 429", sum(c.status != 429 for c in refused), 0),
            at_most("refusals without a retry-after", sum("retry-after" not in c.headers for c in refused), 0),
            at_most("served: longest", max(c.seconds for c in served), 30.5, " s")]


async def one_deadline(quick):
    """500 calls wait for the end of one cool-down"""
    with Setup() as setup:
        provider = setup.provider({"only": {"requestsPerMinute": 60_000}}, latency={"firstByte": "100ms"})
        provider.fault(kind="rateLimit", count=1, retryAfter="5s")
        sidecar = setup.sidecar(provider, {"only": {}})
        first = asyncio.ensure_future(call(sidecar.port, chat()))
        while not provider.books(log=1)["log"]:
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.5)
        calls = await asyncio.gather(first, *(call(sidecar.port, chat()) for _ in range(499)))
        log = [datetime.datetime.fromisoformat(e["time"].replace("Z", "+00:00")).timestamp()
               for e in provider.books(log=2000)["log"]]
        refused, rest = log[0], log[1:]
        early = [t for t in rest if t < refused + 5]
        burst = [t for t in rest if t < rest[0] + 0.05]
        return [
            at_most("client errors", sum(c.status != 200 for c in calls), 0),
            at_most("requests before the deadline", len(early), 0),
            at_most("requests in the first 50 ms after it", len(burst), 1),
            at_most("all served, after the deadline", max(rest) - rest[0], 10, " s")]


async def slots(quick):
    """8 calls at once at one account, 1,000 clients that leave at random"""
    with Setup() as setup:
        provider = setup.provider({"only": None}, latency={"firstByte": "50ms", "jitter": 0.9})
        keys, pool = limited(["only"], concurrency=8)
        sidecar = setup.sidecar(provider, keys, **pool)
        # A provider's code is warm when we come: one that takes 30 ms to see that a client has left says nothing about the pool.
        for _ in range(50):
            await asyncio.gather(*(call(sidecar.port, chat(), leave_after=0.04 if i % 2 else None) for i in range(16)))
        provider.reset()
        chance = random.Random(7)
        end = time.monotonic() + (15 if quick else 60)
        calls, gauge = [], []

        async def client():
            while time.monotonic() < end:
                calls.append(await call(sidecar.port, chat(), leave_after=chance.uniform(0.005, 15)))

        async def watch():
            while time.monotonic() < end:
                gauge.append(await asyncio.to_thread(sidecar.metric, "fairlead_leases_in_flight"))
                await asyncio.sleep(1)

        await asyncio.gather(watch(), *(client() for _ in range(1000)))
        served = sum(c.status == 200 for c in calls)
        for _ in range(50):
            account = provider.books()["accounts"]["only"]
            lent = sidecar.metric("fairlead_leases_in_flight")
            if account["inFlight"] == 0 and lent == 0:
                break
            await asyncio.sleep(0.1)
        answer = await call(sidecar.port, chat())
        return [
            at_most("most at the provider at once", account["maxInFlight"], 8),
            at_most("in flight afterwards", account["inFlight"], 0),
            at_least("the sidecar's gauge of keys lent, most seen", max(gauge), 1),
            at_most("the gauge afterwards", lent, 0),
            at_most("keys that the sidecar counts as forgotten", sidecar.metric("fairlead_leases_leaked_total"), 0),
            at_least("served", served, 100),
            at_most("a call afterwards takes", answer.seconds if answer.status == 200 else 99, 1, " s"),
            Figure("calls, of them left", f"{len(calls)}, {sum(c.aborted for c in calls)}", "-", True)]


async def weights(quick):
    """Two accounts with the weights 7 and 3"""
    with Setup() as setup:
        provider = setup.provider({"seven": None, "three": None})
        sidecar = setup.sidecar(provider, {"seven": {"weight": 7}, "three": {"weight": 3}},
                                selection={"strategy": "Weighted"})
        total = 2_000 if quick else 10_000
        for _ in range(total // 50):
            await asyncio.gather(*(call(sidecar.port, chat()) for _ in range(50)))
        accounts = provider.books()["accounts"]
        share = 100 * accounts["seven"]["requests"] / sum(a["requests"] for a in accounts.values())
        return [Figure(f"share of the heavier, of {total} calls", f"{share:.2f} %", "70 +- 1 %", 69 <= share <= 71)]


async def conversations(quick):
    """Conversations of 50 turns over 5 accounts, with affinity to the prompt's beginning"""
    with Setup() as setup:
        names = [f"account-{i}" for i in range(5)]
        provider = setup.provider({n: None for n in names}, latency={"firstByte": "10ms"})
        sidecar = setup.sidecar(provider, {n: {} for n in names}, selection={"affinity": "Prefix"})
        homes = []

        async def conversation(number):
            messages = [{"role": "system", "content": "You are helpful."}]
            keys = collections.Counter()
            for turn in range(50):
                messages.append({"role": "user", "content": f"question {turn} of conversation {number}"})
                done = await call(sidecar.port, {"model": "gpt-4o-mini", "max_tokens": 5, "messages": messages})
                keys[done.headers.get("x-request-id", "")] += 1
                messages.append({"role": "assistant", "content": f"answer {turn}"})

        # The books name an account by call; who asked what is known by the calls' order within one conversation at a time.
        before = {n: 0 for n in names}
        for number in range(4 if quick else 12):
            await conversation(number)
            accounts = provider.books()["accounts"]
            now = {n: accounts.get(n, {"requests": 0})["requests"] for n in names}
            homes.append(max(now[n] - before[n] for n in names) / 50)
            before = now
        spread = sum(1 for n in names if before[n])
        return [at_least("turns on a conversation's own account, the least", 100 * min(homes), 90, " %"),
                at_least("accounts in use", spread, 2)]


async def urgent(quick):
    """A batch tenant that saturates an account, and an interactive tenant that asks once a second; then the same in one tenant"""
    limits = {"requestsPerMinute": 1200, "burst": 20}
    keys, pool = limited(["only"], **limits)
    warm, seconds = 10, 20 if quick else 120

    async def interactive(saturated, asked):
        end = time.monotonic() + warm + seconds

        async def batch():
            while time.monotonic() < end:
                await call(saturated.port, chat(), {"x-fairlead-priority": "Batch"})

        saturating = [asyncio.ensure_future(batch()) for _ in range(200)]
        await asyncio.sleep(warm)
        calls = await paced(60, seconds - 2, lambda n: call(asked.port, chat(), {"x-fairlead-priority": "Interactive"}))
        await asyncio.gather(*saturating)
        return calls

    def judged(whose, calls, provider):
        admitted = provider.books()["accounts"]["only"]["admitted"]
        return [at_most(f"{whose}: errors of the interactive one", sum(c.status != 200 for c in calls), 0),
                at_most(f"{whose}: p99 of its wait", 1000 * quantile([c.waited for c in calls], .99), 100, " ms"),
                said(f"{whose}: used of a minute's 1,200", f"{admitted * 60 / (warm + seconds):.4g}")]

    figures = []
    with Setup() as setup:
        provider = setup.provider({"only": limits}, latency={"firstByte": "20ms"})
        _, redis = setup.redis()
        shared = {**pool, "coordination": {"mode": "Redis", "redis": {"address": redis}}}
        saturated, asked = (setup.sidecar(provider, keys, tenant=t, **shared) for t in ("batch", "interactive"))
        figures += judged("two tenants", await interactive(saturated, asked), provider)
    with Setup() as setup:
        provider = setup.provider({"only": limits}, latency={"firstByte": "20ms"})
        sidecar = setup.sidecar(provider, keys, **pool)
        figures += judged("one tenant, two priorities", await interactive(sidecar, sidecar), provider)
    return figures


async def choice(quick):
    """What it costs to choose one of 1,000 keys, in CPU time of the loop that chooses"""
    java = pathlib.Path(os.environ["JAVA_HOME"], "bin/java") if "JAVA_HOME" in os.environ else "java"
    run = await asyncio.create_subprocess_exec(
        str(java), "-XX:+UseSerialGC", "-Xmx512m", "-cp", str(ROOT / "operator/target/dist/*"),
        str(ROOT / "bench/lib/pool/ChoiceCost.java"), stdout=asyncio.subprocess.PIPE)
    printed, _ = await run.communicate()
    if run.returncode:
        raise RuntimeError(f"ChoiceCost ended with {run.returncode}")
    waiting = {"idle": "nobody waits", "loaded": "20 calls on each", "waiting": "10,000 wait"}
    return [at_most(f"{c['strategy']}, affinity {c['affinity']}, {waiting[c['state']]}", c["ns"] / 1000, 5, " us")
            for c in map(json.loads, printed.decode().splitlines())]


async def peers(quick):
    """One burst that no account could carry, through this sidecar and through others: 429s that clients see"""
    names = ("one", "two", "three")
    limits = {"requestsPerMinute": 60, "burst": 10}
    figures = []

    async def burst(port, headers=None, key="fairlead"):
        calls = await paced(600, 6, lambda n: call(port, chat(), headers, key=key))
        return collections.Counter(c.status if not c.error else c.error for c in calls), max(c.seconds for c in calls)

    def row(name, counted, longest, requests, turned, bar=None):
        others = sum(n for status, n in counted.items() if status not in (200, 429))
        seen = counted[429]
        figures.append(Figure(
            f"{name}: 429s seen of {sum(counted.values())}, other errors", f"{seen}, {others}", bar or "-",
            not bar or seen + others == 0))
        figures.append(Figure(f"{name}: requests to the provider, turned away, longest call",
                              f"{requests}, {turned}, {longest:.0f} s", "-", True))

    with Setup() as setup:
        provider = setup.provider({n: limits for n in names})
        sidecar = setup.sidecar(provider, {n: {} for n in names})
        row("fairlead", *await burst(sidecar.port), *provider.totals()[::2], bar="0, 0")
    commands, why_not = peer_gateways.litellm()
    if not commands:
        figures.append(said(f"LiteLLM {peer_gateways.LITELLM}: not measured", why_not))
    else:
        with Setup() as setup:
            provider = setup.provider({n: limits for n in names})
            config = setup.folder("litellm") / "config.yaml"
            config.write_text(peer_gateways.litellm_config(provider.port, names))
            port = free_port()
            setup.serve([str(commands / "litellm"), "--config", str(config), "--host", "127.0.0.1", "--port", str(port)],
                        port, LITELLM_LOCAL_MODEL_COST_MAP="True", LITELLM_MASTER_KEY="sk-bench-only")
            row(f"LiteLLM {peer_gateways.LITELLM}", *await burst(port, key="sk-bench-only"), *provider.totals()[::2])
    script, why_not = peer_gateways.portkey()
    if not script:
        figures.append(said(f"Portkey {peer_gateways.PORTKEY}: not measured", why_not))
    else:
        with Setup() as setup:
            provider = setup.provider({n: limits for n in names})
            port = free_port()
            setup.serve(["node", str(script), f"--port={port}", "--headless"], port)
            row(f"Portkey {peer_gateways.PORTKEY}",
                *await burst(port, peer_gateways.portkey_headers(provider.port, names)), *provider.totals()[::2])
    return figures


ALL = [three_groups, known_limits, overload, one_deadline, slots, weights, conversations, urgent, leased_fleet, redis_fleet,
       choice, peers]
