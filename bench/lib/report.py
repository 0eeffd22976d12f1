"""Medians over the rounds, ratios to the floor within each round, tables."""
import json
import os
from statistics import median

FLOOR = "nginx"
RIVAL = "nginx-lua"
SIDECAR = "fairlead"


def publish(results, folder):
    """Writes raw figures and tables, prints the tables; answers with what makes the run invalid."""
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "latest.json"), "w") as file:
        json.dump(results, file, indent=1)
        file.write("\n")
    text = markdown(results)
    with open(os.path.join(folder, "latest.md"), "w") as file:
        file.write(text)
    print(text)
    return problems(results)


class Figures:
    """The figures of one proxy, with ratios to another proxy of the same run."""

    def __init__(self, results, name):
        self._results = results
        self._all = results["proxies"]
        self.name = name
        self.raw = self._all[name]

    def median(self, kind, field):
        rows = self.raw[kind]
        return median(row[field] for row in rows) if rows else None

    def spread(self, kind, field):
        rows = [row[field] for row in self.raw[kind]]
        return (min(rows), max(rows)) if rows else None

    def ratio(self, kind, field, to):
        """Median of the ratios of neighbours in time: what slows the whole machine slows both."""
        if to not in self._all or not self.raw[kind]:
            return None
        return median(ours[field] / theirs[field] for ours, theirs in zip(self.raw[kind], self._all[to][kind]))

    def added_ms(self, field):
        """Latency above that of the provider's stand-in itself in the same round."""
        pairs = zip(self.raw["rate"], self._results["direct"]["rate"])
        return median(ours[field] - direct[field] for ours, direct in pairs) / 1000

    def loaded_mb(self):
        return max(row["rssMb"] for kind in ("plain", "rate") for row in self.raw[kind])

    def many_mb(self):
        return self.raw["many"]["rssMb"] - self.raw["idleMb"]

    def errors(self):
        return sum(row["errors"] for kind in ("plain", "rate", "stream", "burst") for row in self.raw[kind])

    def recorded(self):
        calls = self.raw.get("calls")
        return self.raw["records"] / calls if calls else None

    def syscalls(self, how):
        return self.raw["syscalls"][how].get("perRequest")


def rows():
    """Each row of the big table: its name, and how a proxy's cell is made."""
    return [
        ("CPU a request, us (lowest to highest pass)", lambda f: "{:.1f} ({:.1f} to {:.1f})".format(
            f.median("plain", "cpuUs"), *f.spread("plain", "cpuUs"))),
        ("... times nginx", lambda f: number(f.ratio("plain", "cpuUs", FLOOR), 2)),
        ("... times nginx + Lua", lambda f: number(f.ratio("plain", "cpuUs", RIVAL), 2)),
        ("requests a second", lambda f: number(f.median("plain", "rps"), 0)),
        ("CPU a request at 1,000 a second, us", lambda f: number(f.median("rate", "cpuUs"), 1)),
        ("... times nginx", lambda f: number(f.ratio("rate", "cpuUs", FLOOR), 2)),
        ("added latency at 1,000 a second, p50, ms", lambda f: number(f.added_ms("p50Us"), 3)),
        ("added latency at 1,000 a second, p99, ms", lambda f: number(f.added_ms("p99Us"), 3)),
        ("CPU an event, 200 streams of 100 a second, us", lambda f: number(f.median("stream", "cpuUs"), 2)),
        ("... times nginx", lambda f: number(f.ratio("stream", "cpuUs", FLOOR), 2)),
        ("CPU an event, 16 streams without pause, us", lambda f: number(f.median("burst", "cpuUs"), 2)),
        ("... times nginx", lambda f: number(f.ratio("burst", "cpuUs", FLOOR), 2)),
        ("2,000 streams open: RSS over idle, MB", lambda f: number(f.many_mb(), 1)),
        ("2,000 streams open: errors", lambda f: str(f.raw["many"]["errors"])),
        ("RSS idle, MB", lambda f: number(f.raw["idleMb"], 1)),
        ("RSS under load, MB", lambda f: number(f.loaded_mb(), 1)),
        ("system calls a request, one at a time", lambda f: number(f.syscalls("alone"), 1)),
        ("system calls a request, 32 at once", lambda f: number(f.syscalls("together"), 1)),
        ("bytes allocated a request", lambda f: number(f.raw.get("allocatedBytes"), 0)),
        ("bytes allocated an event", lambda f: number(f.raw.get("allocatedBytesPerEvent"), 0)),
        ("log lines a call", lambda f: number(f.recorded(), 3)),
        ("errors in all rounds", lambda f: str(f.errors())),
    ]


def bars():
    """What the sidecar must stay below: name, bar, its figure, unit."""
    return [
        ("CPU a request against nginx proxy_pass", 1.9, lambda f: f.ratio("plain", "cpuUs", FLOOR), "x"),
        ("CPU a request against nginx + Lua, same work", 0.8, lambda f: f.ratio("plain", "cpuUs", RIVAL), "x"),
        ("CPU an SSE event against nginx proxy_pass", 1.8, lambda f: f.ratio("stream", "cpuUs", FLOOR), "x"),
        ("added latency at 1,000 a second, p50", 0.25, lambda f: f.added_ms("p50Us"), " ms"),
        ("added latency at 1,000 a second, p99", 1.0, lambda f: f.added_ms("p99Us"), " ms"),
        ("2,000 streams open, RSS over idle", 100, lambda f: f.many_mb(), " MB"),
        ("2,000 streams open, errors", 0, lambda f: f.raw["many"]["errors"], ""),
        ("RSS idle", 90, lambda f: f.raw["idleMb"], " MB"),
        ("RSS under load", 150, lambda f: f.loaded_mb(), " MB"),
    ]


def number(value, digits):
    return "" if value is None else f"{value:,.{digits}f}"


def markdown(results):
    figures = [Figures(results, name) for name in results["order"]]
    lines = [f"# Benchmark of {results['time']}", "",
             f"{results['machine']}. {'Quick run: rough figures. ' if results['quick'] else ''}"
             f"{results['plan']['rounds']} round(s), {results['seconds']} s in all.", ""]
    lines += [f"- {f.raw['title']}: {f.raw['version']}" for f in figures]
    lines += [f"- {name} was left out: {reason}" for name, reason in results["absent"].items()]
    lines += ["", noise(figures), ""]
    lines += table(["", *(f.raw["title"] for f in figures)], [[text, *(cell(f) for f in figures)] for text, cell in rows()])
    ours = [f for f in figures if f.name.startswith(SIDECAR)]
    for f in ours:
        judged = []
        for text, limit, figure, unit in bars():
            value = figure(f)
            if value is not None:
                judged.append([text, f"{'<= ' if limit else ''}{limit}{unit}", f"{value:.2f}{unit}",
                               "met" if value <= limit else "missed"])
        lines += ["", f"## {f.raw['title']}: bars", "", *table(["figure", "bar", "measured", ""], judged)]
    return "\n".join(lines) + "\n"


def table(head, body):
    return ["| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *body]]


def noise(figures):
    others = [row["othersOnCore"] for f in figures for row in f.raw["plain"]]
    used = {f.raw["title"]: f.median("plain", "coreUsed") for f in figures}
    idle = [title for title, share in used.items() if share < 0.85]
    text = f"Other processes took {median(others):.0%} of the proxies' core in the middle, {max(others):.0%} at most."
    if idle:
        text += (f" Not at the core's limit (their requests a second are the load side's limit or the noise's): "
                 f"{', '.join(idle)}.")
    return text


def problems(results):
    """A run with errors in it or with work left out is no measurement."""
    found = []
    for name in results["order"]:
        f = Figures(results, name)
        if f.errors():
            found.append(f"{name}: {f.errors()} calls or streams failed while they were measured")
        if f.raw["many"]["errors"]:
            found.append(f"{name}: {f.raw['many']['errors']} of the many streams failed")
        if f.recorded() is not None and not 0.98 <= f.recorded() <= 1.02:
            found.append(f"{name}: wrote {f.raw['records']} log lines for {f.raw['calls']} calls")
    return found
