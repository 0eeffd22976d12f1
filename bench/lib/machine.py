"""What the kernel says about processes and the machine: CPU time, memory, threads, cores, noise."""
import os
import platform
import re

TICK = os.sysconf("SC_CLK_TCK")


def tree(root):
    """The process and everything below it, as process ids."""
    children = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            fields = _stat(f"/proc/{name}/stat")
            if fields:
                children.setdefault(int(fields[1]), []).append(int(name))
    found, look = [], [root]
    while look:
        pid = look.pop()
        found.append(pid)
        look.extend(children.get(pid, []))
    return found


def cpu_seconds(pids):
    """User + system time of all threads of these processes, with that of children they have waited for."""
    total = 0
    for pid in pids:
        fields = _stat(f"/proc/{pid}/stat")
        if fields is None:
            raise RuntimeError(f"process {pid} ended while it was measured")
        total += sum(int(ticks) for ticks in fields[11:15])
    return total / TICK


def thread_cpu(pids):
    """CPU seconds by thread name, numbers cut off (worker-1 and worker-2 are one row)."""
    rows = {}
    for pid in pids:
        try:
            threads = os.listdir(f"/proc/{pid}/task")
        except FileNotFoundError:
            continue
        for thread in threads:
            fields = _stat(f"/proc/{pid}/task/{thread}/stat")
            if fields:
                with open(f"/proc/{pid}/task/{thread}/schedstat") as file:
                    seconds = int(file.read().split()[0]) / 1e9
                name = re.sub(r"[-#]?\d+$", "", fields.name).strip()
                rows[name] = rows.get(name, 0) + seconds
    return rows


def rss_mb(pids):
    """Resident memory, MB (10^6 bytes)."""
    pages = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/statm") as file:
                pages += int(file.read().split()[1])
        except FileNotFoundError:
            pass
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def pin(pids, cores):
    """Lets all threads of these processes run on these cores, and no other."""
    for pid in pids:
        for thread in os.listdir(f"/proc/{pid}/task"):
            try:
                os.sched_setaffinity(int(thread), cores)
            except ProcessLookupError:
                pass


def busy_seconds(core):
    """Time this core has spent on anything at all, stolen time included."""
    with open("/proc/stat") as file:
        for line in file:
            fields = line.split()
            if fields[0] == f"cpu{core}":
                return (sum(map(int, fields[1:9])) - int(fields[4]) - int(fields[5])) / TICK
    raise RuntimeError(f"no core {core}")


def describe():
    """One line about the machine: nothing in it names a host or a path."""
    with open("/proc/cpuinfo") as file:
        text = file.read()
    model = re.search(r"model name\s*:\s*(.+)", text)
    name = model.group(1).strip() if model and "unknown" not in model.group(1) else None
    if name is None:
        vendor = re.search(r"vendor_id\s*:\s*(\S+)", text)
        family = re.search(r"cpu family\s*:\s*(\d+)", text)
        number = re.search(r"model\s*:\s*(\d+)", text)
        known = [m.group(1) for m in (vendor, family, number) if m]
        name = "CPU " + "/".join(known) if known else platform.machine()
    with open("/proc/meminfo") as file:
        memory = int(re.search(r"MemTotal:\s+(\d+)", file.read()).group(1)) / 1e6
    virtual = ", virtual machine" if re.search(r"^flags.*\bhypervisor\b", text, re.M) else ""
    return f"{os.cpu_count()} cores {name}{virtual}, {memory:.0f} GB, Linux {platform.release().split('-')[0]}"


class _Fields(list):
    name = ""


def _stat(path):
    """Fields of a stat file from the state on (index 1 is the parent, 11 to 14 the times); None when it is gone."""
    try:
        with open(path) as file:
            text = file.read()
    except (FileNotFoundError, ProcessLookupError):
        return None
    end = text.rindex(")")
    fields = _Fields(text[end + 2:].split())
    fields.name = text[text.index("(") + 1:end]
    return fields
