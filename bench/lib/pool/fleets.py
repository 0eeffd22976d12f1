"""Scenarios of many sidecars that share one account, and of what they do when nobody divides it among them any more."""
import asyncio
import collections

from client import call, chat, paced
from cluster import TEAM, Cluster
from figures import at_least, at_most, busiest_minute, limited, said
from setup import Setup, keypool

LIMIT = 600
OFFERED = 900
MORE_THAN_ALLOWED = 6000


async def shared(provider, sidecars, to, seconds, alone, stop):
    """One load throughout, of which call n goes to the sidecar `to(n)`; `stop` ends whoever divides. Returns what was admitted
    and the busiest minute until then, what was admitted afterwards and the busiest minute of all, and the calls."""
    def admitted():
        return provider.books()["accounts"].get("only", {"admitted": 0})["admitted"]

    load = asyncio.ensure_future(paced(OFFERED, seconds + alone, lambda n: call(
        sidecars[to(n)].port, chat(), {"x-fairlead-timeout-ms": "30000"})))
    await asyncio.sleep(seconds)
    used, busiest = admitted(), busiest_minute(provider)["only"]
    await asyncio.get_running_loop().run_in_executor(None, stop)
    await asyncio.sleep(alone)
    used_alone = admitted() - used
    calls = await load
    return used * 60 / seconds, busiest, used_alone * 60 / alone, busiest_minute(provider)["only"], calls


def answered(calls):
    counted = collections.Counter(c.status or c.error for c in calls)
    # Who is given a key in the last milliseconds of its deadline may hear that it has passed.
    others = {what: n for what, n in counted.items() if what not in (200, 429, 504)}
    return [at_most("answers but 200, 429 and, of deadlines, 504", sum(others.values()), 0),
            said("answers", ", ".join(f"{n} {what}" for what, n in counted.most_common()))]


def moving(n):
    """A load that moves: every 20 seconds another sidecar gets almost half of it, and the one before it a quarter."""
    favourite = n // 300 * 3 % 10
    part = n % 20
    return favourite if part < 8 else (favourite + 7) % 10 if part < 13 else n * 7 % 10


async def leased_fleet(quick):
    """10 sidecars of a cluster at one account of 600 requests a minute, a load that moves between them; then no operator"""
    with Setup() as setup:
        provider = setup.provider({"only": {"requestsPerMinute": MORE_THAN_ALLOWED}})
        cluster = Cluster(setup)
        keys, pool = limited(["only"], requestsPerMinute=LIMIT, burst=LIMIT)
        documents = [
            {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "keys"}, "stringData": {"only": "sk-only"}},
            keypool(provider, keys, **pool),
            {"apiVersion": "fairlead.dev/v1alpha1", "kind": "AIRoute", "metadata": {"name": "chat"},
             "spec": {"models": [{"name": "gpt-4o-mini",
                                  "targets": [{"name": "primary", "keyPoolRef": {"name": "accounts"}}]}]}}]
        for document in documents:
            document["metadata"]["namespace"] = TEAM
        cluster.apply(*documents)
        operator = cluster.operator()
        sidecars = [cluster.sidecar(f"app-{i}") for i in range(10)]
        seconds, alone = (120, 120) if quick else (300, 600)
        used, busiest, used_alone, busiest_of_all, calls = await shared(
            provider, sidecars, moving, seconds, alone, lambda: setup.kill(operator))
        return [at_most("busiest minute with the operator", busiest, 630),
                at_least("used of a minute's 600 with the operator", used, 570),
                at_most("busiest minute, the operator gone too", busiest_of_all, 660),
                said("used of a minute's 600 with the operator gone", f"{used_alone:.4g}"),
                *answered(calls)]


async def redis_fleet(quick):
    """10 sidecars share one account of 600 requests a minute by Redis; then Redis dies"""
    with Setup() as setup:
        redis, address = setup.redis()
        provider = setup.provider({"only": {"requestsPerMinute": MORE_THAN_ALLOWED}})
        keys, pool = limited(["only"], requestsPerMinute=LIMIT, burst=LIMIT)
        pool["coordination"] = {"mode": "Redis", "redis": {"address": address}}
        sidecars = [setup.sidecar(provider, keys, **pool) for _ in range(10)]
        # Everybody wants more than there is when Redis dies, so that the shares are the whole limit.
        seconds, alone = (120, 120) if quick else (300, 600)
        used, busiest, used_alone, busiest_of_all, calls = await shared(
            provider, sidecars, lambda n: n * 7 % 10, seconds, alone, lambda: setup.stop(redis))
        return [at_most("busiest minute with Redis", busiest, 630),
                at_least("used of a minute's 600 with Redis", used, 570),
                at_most("busiest minute, Redis gone too", busiest_of_all, 660),
                at_least("used of a minute's 600 with Redis gone", used_alone, 570),
                *answered(calls)]
