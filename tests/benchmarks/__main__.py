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

SIZES = (1_000,)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one of the benchmarks."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    kinds = parser.add_subparsers(dest="what", required=True)
    made = kinds.add_parser("generate", help="make a register, the same for the same number of rows")
    made.add_argument("--rows", type=int, required=True, metavar="N", help="how many commitments")
    made.add_argument("--database", required=True, metavar="URL|PATH", help="an empty database, or none yet")
    timed = kinds.add_parser("commands", help="whole commands, each beside the least that its libraries cost")
    timed.add_argument(
        "--rows", type=int, action="append", metavar="N", help="size of the register; may be given several times"
    )
    timed.add_argument("--cache", type=Path, metavar="FOLDER", help="where registers are kept for the next time")
    timed.add_argument("--database", metavar="URL|PATH", help="a generated register that is there, of --rows")
    timed.add_argument("--json", action="store_true", help="one object of named figures and nothing else")
    args = parser.parse_args(argv)
    return _generate(args.rows, args.database) if args.what == "generate" else _commands(args)


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


def _commands(args: argparse.Namespace) -> int:
    """Several sizes: a figure's name is followed by `@` and the rows, but for the first size."""
    from tests.benchmarks.commands import measure
    from tests.benchmarks.measure import Figure

    figures: dict[str, Figure] = {}
    sizes: list[int] = args.rows or list(SIZES)

    def report(name: str, figure: Figure) -> None:
        figures[name if name not in figures else f"{name}@{figure['rows']}"] = figure
        if not args.json:
            print(f"{figure['rows']:>9,}  {name:<22}", *(f"{key} {value}" for key, value in figure.items()), flush=True)

    if not args.json:
        print(f"as of {AS_OF}; times in milliseconds, memory in MiB")
    with nullcontext(args.cache) if args.cache else tempfile.TemporaryDirectory(prefix="tracker-bench-") as folder:
        for rows in sizes:
            known = args.database and load_settings(database=args.database).database
            measure(known or _register(Path(folder), rows), rows, report)
    if args.json:
        print(json.dumps(figures))
    return 0


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
