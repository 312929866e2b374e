#!/usr/bin/env python3
"""Pages to claims in a ledger: how fast and in how much memory, beside the peer on the same pages in the same run.

usage: speed.py [--sayso target/release/sayso] [--python PYTHON] [--rounds 3]
PYTHON is an interpreter with requirements.txt installed (default: this one). Pages: $SAYSO_DATA/article-extraction/html
(default ../shared/data). sayso's time is the whole command, start to exit, with a fresh ledger; the peer's is its loop alone,
without loading. Words are those of the main text as the peer extracts it, for both. The best of the rounds counts, for both.
"""
import argparse, json, os, pathlib, subprocess, sys, tempfile, time

here = pathlib.Path(__file__).resolve().parent
ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
ask.add_argument("--sayso", default=str(here.parent.parent / "target/release/sayso"))
ask.add_argument("--python", default=sys.executable)
ask.add_argument("--rounds", type=int, default=3)
told = ask.parse_args()
pages = pathlib.Path(os.environ.get("SAYSO_DATA", here.parent.parent.parent / "shared/data")) / "article-extraction/html"
if not pages.is_dir():
    sys.exit(f"missing: {pages} (set SAYSO_DATA to the folder that holds article-extraction)")


def run(command):
    """Wall seconds, peak memory in MiB, standard output."""
    began = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        _, status, use = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - began
        # sayso ends with 5 where some pages gave a notice
        if os.waitstatus_to_exitcode(status) not in (0, 5):
            sys.exit(f"failed: {' '.join(command)}")
        out.seek(0)
        return seconds, use.ru_maxrss / 1024, out.read().decode()


best = {}
for _ in range(told.rounds):
    _, memory, out = run([told.python, str(here / "peer.py"), str(pages)])
    peer = json.loads(out.splitlines()[-1]) | {"memory": memory}
    if "peer" not in best or peer["seconds"] < best["peer"]["seconds"]:
        best["peer"] = peer
    for threads in (1, 2):
        with tempfile.TemporaryDirectory() as folder:
            command = [told.sayso, "read", "--threads", str(threads), "--ledger", folder + "/ledger.db", str(pages)]
            seconds, memory, _ = run(command)
        if threads not in best or seconds < best[threads]["seconds"]:
            best[threads] = {"seconds": seconds, "memory": memory}
peer = best["peer"]
print(f"{peer['pages']} pages, {peer['words']} words of main text; best of {told.rounds}")
print(f"{'':28}{'seconds':>9}{'reports/s':>11}{'words/s':>10}{'peak MiB':>10}{'ratio':>8}")
rows = [("trafilatura + spaCy, 1 thread", peer), ("sayso, 1 thread", best[1]), ("sayso, 2 threads", best[2])]
for name, row in rows:
    s = row["seconds"]
    print(f"{name:28}{s:9.2f}{peer['pages'] / s:11.1f}{peer['words'] / s:10.0f}{row['memory']:10.0f}{peer['seconds'] / s:8.1f}")
print(f"of the peer's time, extraction took {peer['extraction_seconds']:.2f} s")
