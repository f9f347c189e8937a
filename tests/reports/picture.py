"""The picture of a report in the README: `python -m tests.reports.picture OUT.png`, the first page of the PDF.

Needs pdftoppm of poppler-utils.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from tracker import bootstrap
from tracker.cli import main as tracker

DAY = date(2026, 11, 21)


def main(out: str) -> None:
    """Draw it from the curated commitments, in Vietnamese."""
    noon = datetime(DAY.year, DAY.month, DAY.day, 5, tzinfo=UTC)
    with TemporaryDirectory() as folder, patch.object(bootstrap, "_now", lambda: noon):
        register = ("--database", f"{folder}/register.sqlite", "--actor", "Lan", "--lang", "vi")
        page = f"{folder}/report.pdf"
        assert tracker(["seed", *register]) == 0
        assert tracker(["report", "overdue", *register, "--as-of", DAY.isoformat(), "-o", page]) == 0
        subprocess.run(
            ["pdftoppm", "-r", "110", "-gray", "-png", "-f", "1", "-singlefile", page, f"{folder}/page"], check=True
        )
        Path(out).write_bytes(Path(f"{folder}/page.png").read_bytes())


if __name__ == "__main__":
    main(sys.argv[1])
