"""Measure everything between the records and the finished folder: entities, events, claims, facts, rules, files.

    python benchmarks/merge.py 100000 300000 1000000 [--folder DIR] [--no-files]

With `--no-files` it ends where the graphs are made, before they are written in further formats. Each size runs in a process of its own. For each stage: seconds of work (processor time of all threads), seconds on the
clock, and the most memory that the process has held until then. The last line compares the work per claim.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).parent.parent))

Row = dict[str, float]


def measure(claims: int, folder: Path, files: bool) -> dict[str, Row]:
    """Stage -> work, clock and memory of publishing a generated corpus."""
    from benchmarks.generate import write
    from kg.config import Config
    from kg.lexicon import load_knowledge
    from kg.link import load_linker
    from kg.model import BuildReport
    from kg.publish import publish
    from kg.records import Corpus, Records

    rows: dict[str, Row] = {}

    @contextmanager
    def watched(stage: str) -> Iterator[None]:
        clock, work = time.perf_counter(), time.process_time()
        yield
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rows[stage] = {"work": time.process_time() - work, "clock": time.perf_counter() - clock, "peak": peak}
        print(f"{claims:>9,} {stage:10} {_told(rows[stage])}", file=sys.stderr, flush=True)

    with watched("generate"):
        ids = write(claims, folder)
    knowledge, report = load_knowledge(), BuildReport()
    with watched("start"):
        linker = load_linker((), knowledge, on_skip=report.skipped.append)
    with ExitStack() as patches:
        patches.enter_context(mock.patch("kg.publish.timed", lambda report, stage: watched(stage)))
        if not files:
            for name in ("_write_files", "_drawn", "EXPORTERS", "_swap_in"):
                patches.enter_context(mock.patch(f"kg.publish.{name}", mock.MagicMock()))
        publish(folder, Corpus(Records(folder), ids), Config(), knowledge, linker, report)
    rows["counts"] = {name: float(number) for name, number in report.counts.items()}
    rows["bytes"] = {path.name: path.stat().st_size for path in sorted(folder.iterdir()) if path.is_file()}
    return rows


def _told(row: Row) -> str:
    return f"work {row['work']:8.1f} s  clock {row['clock']:8.1f} s  peak {row['peak']:8,.0f} MiB"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="+", type=int)
    parser.add_argument("--folder", type=Path, help="where to work; its contents are deleted afterwards")
    parser.add_argument("--no-files", action="store_true", help="leave out the files of the output folder")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.inside:
        print(json.dumps(measure(chosen.sizes[0], chosen.folder, not chosen.no_files)))
        return
    cost = {}
    for size in chosen.sizes:
        folder = Path(tempfile.mkdtemp(dir=chosen.folder))
        command = [sys.executable, __file__, str(size), "--folder", str(folder), "--inside"]
        command += ["--no-files"] if chosen.no_files else []
        rows = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
        shutil.rmtree(folder)
        stages = {name: row for name, row in rows.items() if name not in ("generate", "start", "counts", "bytes")}
        claims = rows["counts"]["claims"]
        print(json.dumps({"size": size, **rows}))
        merge = sum(row["work"] for name, row in stages.items() if name != "write")
        whole = sum(row["work"] for row in stages.values())
        cost[size] = merge / claims, whole / claims
        print(
            f"{size:,}: {1e6 * cost[size][0]:,.0f} microseconds a claim to merge and infer, {1e6 * cost[size][1]:,.0f} with all files"
        )
    first, last = chosen.sizes[0], chosen.sizes[-1]
    for name, before, after in zip(("merge and rules", "with all files"), cost[first], cost[last], strict=True):
        print(f"{name}: work per claim from {first:,} to {last:,} claims {100 * (after / before - 1):+.0f} %")


if __name__ == "__main__":
    main()
