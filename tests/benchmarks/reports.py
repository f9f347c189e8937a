"""How long the overdue report takes in each form, and how much memory: its own and that of what it starts."""

from __future__ import annotations

from collections.abc import Callable

from tests.benchmarks.measure import Figure, bench, compared
from tests.benchmarks.stories import AS_OF
from tracker.reports.forms import FORMS

COMMITMENTS_A_ROW = 5


def measure(url: str, _rows: int, report: Callable[[str, Figure], None]) -> None:
    """Measure every form of one report and hand over each figure as it is known. `rows` are those of the report."""
    with bench(url) as place:
        asked = ("report", "overdue", "--as-of", AS_OF.isoformat(), "--lang", "vi")
        answer = place.home / "rows.jsonl"
        place.run("-m", "tracker", *asked, "--format", "jsonl", "-o", str(answer))
        with answer.open() as page:
            rows = sum(1 for _line in page)
        for form in FORMS:
            file = place.home / f"report.{FORMS[form].suffix}"
            command = (*asked, "--format", form, "-o", str(file))
            took = place.run("-m", "tracker", *command)
            least = place.run(*place.floor((*command, "--limit", "1")))
            memory = place.peak("-m", "tracker", *command)
            size = file.stat().st_size / 2**20
            report(
                f"reports.{form}",
                compared([took], [least]) | {"memory": round(memory, 1), "size": round(size, 1), "rows": rows},
            )
