"""bench/pool: scenarios one after the other, each with its bar; exit 1 when one is missed."""
import argparse
import asyncio
import atexit
import json
import os
import pathlib
import sys
import time

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent), str(pathlib.Path(__file__).resolve().parent.parent)]
import processes  # noqa: E402
import scenarios  # noqa: E402
import setup  # noqa: E402


def main():
    parser = argparse.ArgumentParser(prog="bench/pool")
    parser.add_argument("--only", default="", help="names, separated by commas")
    parser.add_argument("--quick", action="store_true", help="shorter: shows that everything works")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--nice", type=int, default=0, help="run all at this nice value: below 0 (root only) on a machine "
                        "that others use too")
    parser.add_argument("--out", default=None, help="writes pool.json there")
    args = parser.parse_args()
    if args.nice:
        os.setpriority(os.PRIO_PROCESS, 0, args.nice)
        processes.nice_session(args.nice)
        atexit.register(processes.nice_session, 0)
        setup.NICE = args.nice
    chosen = [s for s in scenarios.ALL if not args.only or s.__name__.replace("_", "-") in args.only.split(",")]
    if args.list:
        for scenario in scenarios.ALL:
            print(f"{scenario.__name__.replace('_', '-'):16} {scenario.__doc__.splitlines()[0]}")
        return 0
    missed, results = 0, {}
    for scenario in chosen:
        name = scenario.__name__.replace("_", "-")
        began = time.monotonic()
        figures = asyncio.run(scenario(args.quick))
        results[name] = [f.__dict__ for f in figures]
        print(f"\n{name}: {scenario.__doc__.splitlines()[0]} ({time.monotonic() - began:.0f} s)")
        for figure in figures:
            missed += not figure.held
            print(f"  {'ok  ' if figure.held else 'MISS'} {figure.name:52} {figure.value:>12}   bar {figure.bar}")
        sys.stdout.flush()
    if args.out:
        pathlib.Path(args.out, "pool.json").write_text(json.dumps(results, indent=1))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
