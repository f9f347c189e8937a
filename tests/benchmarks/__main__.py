"""`python -m tests.benchmarks`: make a register of any size, or measure the program on registers of several sizes."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from tests.benchmarks.stories import AS_OF
from tracker.settings import load_settings

SIZES = {
    "commands": (1_000,),
    "interface": (1_000, 100_000, 1_000_000),
    "reports": (10_000,),
    "reading": (10_000, 100_000, 330_000, 1_000_000),
}
_OF = {"reports": "size of the report", "reading": "characters of the document"}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one of the benchmarks."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    kinds = parser.add_subparsers(dest="what", required=True)
    made = kinds.add_parser("generate", help="make a register, the same for the same number of rows")
    made.add_argument("--rows", type=int, required=True, metavar="N", help="how many commitments")
    made.add_argument("--database", required=True, metavar="URL|PATH", help="an empty database, or none yet")
    for name, says in (
        ("commands", "whole commands, each beside the least that its libraries cost"),
        ("interface", "the interface on a terminal: its start and its keys, beside a bare one"),
        ("reports", "the overdue report in every form, of about so many rows: its time and its memory"),
        ("reading", "drafting from a document of so many characters: its time, and for each character, and its memory"),
    ):
        timed = kinds.add_parser(name, help=says, description=f"Measure {says}.")
        sizes = " ".join(map(str, SIZES[name]))
        timed.add_argument(
            "--rows",
            type=int,
            action="append",
            metavar="N",
            help=f"{_OF.get(name, 'size of the register')}; may be given several times (without: {sizes})",
        )
        timed.add_argument("--cache", type=Path, metavar="FOLDER", help="where registers are kept for the next time")
        timed.add_argument(
            "--database",
            metavar="URL|PATH",
            help="a generated register that is there, of --rows; some of its commitments are marked",
        )
        timed.add_argument("--json", action="store_true", help="one object of named figures and nothing else")
    broken = kinds.add_parser(
        "faults", help="what must hold whatever goes wrong: killed writers, failing calls, crowds"
    )
    broken.add_argument("--full", action="store_true", help="as often as the README says; without: a minute")
    broken.add_argument("--only", default="", metavar="NAMES", help="beginnings of names, such as kills.,acts")
    broken.add_argument("--json", action="store_true", help="one object of named figures and nothing else")
    args = parser.parse_args(argv)
    if args.what == "faults":
        from tests.benchmarks import faults

        return faults.run(full=args.full, as_json=args.json, only=args.only)
    return _generate(args.rows, args.database) if args.what == "generate" else _measure(args)


def _generate(rows: int, database: str) -> int:
    from tests.benchmarks.generate import NotEmpty, generate

    if rows < 1:
        print("--rows: at least 1", file=sys.stderr)
        return 2
    try:
        generate(rows, load_settings(database=database).database)
    except NotEmpty as taken:
        print(f"Not empty: {taken}", file=sys.stderr)
        return 2
    print(f"{rows} commitments in {database}; the benchmarks look at them on {AS_OF}", file=sys.stderr)
    return 0


def _measure(args: argparse.Namespace) -> int:
    """Several sizes: a figure's name is followed by `@` and the rows, but for the first size."""
    from tests.benchmarks import commands, interface, reading, reports
    from tests.benchmarks.measure import Figure

    measure = {"commands": commands, "interface": interface, "reports": reports, "reading": reading}[args.what].measure
    # One in five commitments of a generated register stands in its report.
    larger = reports.COMMITMENTS_A_ROW if args.what == "reports" else 1
    figures: dict[str, Figure] = {}
    known = args.database and load_settings(database=args.database).database
    sizes: Sequence[int] = args.rows or ([_size(known)] if known else SIZES[args.what])

    def report(name: str, figure: Figure) -> None:
        figures[name if name not in figures else f"{name}@{figure['rows']}"] = figure
        if not args.json:
            print(f"{figure['rows']:>9,}  {name:<25}", *(f"{key} {value}" for key, value in figure.items()), flush=True)

    if not args.json:
        print(f"as of {AS_OF}; times in milliseconds, memory in MiB")
    with nullcontext(args.cache) if args.cache else tempfile.TemporaryDirectory(prefix="tracker-bench-") as folder:
        for rows in sizes:
            # A document is read without a register.
            url = "" if args.what == "reading" else known or _register(Path(folder), rows * larger)
            measure(url, rows, report)
    if args.json:
        print(json.dumps(figures))
    return 0


def _size(url: str) -> int:
    """How many commitments there are in a register."""
    from tracker.bootstrap import open_tracker

    with open_tracker(load_settings(database=url)) as tracker:
        return tracker.commitments.count(as_of=AS_OF)


def _register(folder: Path, rows: int) -> str:
    """The URL of a register of that size, made unless the folder has it."""
    from tests.benchmarks.generate import generate

    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"register-{rows}.sqlite"
    url = load_settings(database=str(file)).database
    if not file.exists():
        part = file.with_suffix(".part")
        part.unlink(missing_ok=True)
        generate(rows, load_settings(database=str(part)).database)
        part.rename(file)
    return url


if __name__ == "__main__":
    raise SystemExit(main())
