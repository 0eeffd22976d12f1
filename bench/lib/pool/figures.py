"""What a scenario says: figures with bars; and the provider's books read for them."""
import collections


class Figure:
    def __init__(self, name, value, bar, held):
        self.name, self.value, self.bar, self.held = name, str(value), bar, bool(held)


def at_most(name, value, most, unit=""):
    return Figure(name, f"{value:.4g}{unit}", f"<= {most:g}{unit}", value <= most)


def at_least(name, value, least, unit=""):
    return Figure(name, f"{value:.4g}{unit}", f">= {least:g}{unit}", value >= least)


def said(name, value):
    """A figure without a bar."""
    return Figure(name, value, "-", True)


def busiest_minute(provider):
    return {n: a["maxInMinute"]["requests"] for n, a in provider.books()["accounts"].items()}


def fullest_window(provider):
    """The most that any account was asked for between two full minutes of the clock: what fixed windows count. Requests that
    were turned away are among them: such a window lets in no more than its limit, so one above it is seen by them alone."""
    windows = collections.Counter((e["account"], e["time"][:16]) for e in provider.books(log=200_000)["log"])
    return max(windows.values())


def limited(names, **limits):
    """A pool's keys and accounts that know their limits."""
    return ({n: {"quotaGroup": n} for n in names},
            {"quotaGroups": [{"name": n, "limits": [limits]} for n in names]})
