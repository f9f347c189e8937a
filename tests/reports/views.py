"""Frozen views made by hand, with text that no register should show as it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from tracker.domain.deadline import Certainty, Deadline
from tracker.domain.lateness import SECTIONS, Counts, OverdueReport
from tracker.domain.register import Words
from tracker.domain.schedule import BUCKETS, Schedule
from tracker.domain.status import Status
from tracker.domain.views import CommitmentView, PartyView, SourceView

AS_OF = date(2026, 11, 21)
ESC, RLO = "\x1b", "\u202e"


def a_party(name: str = "Bộ Công Thương", role: str = "lead", basis: str = "proposed") -> PartyView:
    return PartyView("vn-moit", Words(vi=name), role, basis, "VN", True)


def a_source(document: str = "000_71fae73bf112ebc2.txt", paragraph: int = 13) -> SourceView:
    return SourceView(document, "f" * 64, "2025-12-02", paragraph, 10, 50, "origin")


def a_view(ref: str = "VL-2025-013", **fields: Any) -> CommitmentView:
    """A commitment of the year 2026 in progress."""
    deadline = Deadline.of("2026", "năm 2026")
    given: dict[str, Any] = {
        "title": Words(vi="Khởi công đường cao tốc Hà Nội - Viêng Chăn", en="Begin the motorway"),
        "statement": Words(),
        "kind": "project",
        "sector": "infrastructure",
        "instrument": "leaders_statement",
        "strength": "agreed",
        "status": Status.IN_PROGRESS,
        "status_since": date(2025, 12, 2),
        "done": None,
        "schedule": Schedule.IN_WINDOW,
        "days_overdue": None,
        "days_past_baseline": None,
        "moves": 0,
        "deadline": deadline,
        "baseline": deadline,
        "review_on": None,
        "review_overdue": False,
        "replaced_by": None,
        "evidence_tier": 0,
        "last_update": date(2026, 2, 3),
        "silent_days": 291,
        "version": 3,
        "parties": (a_party(),),
        "sources": (a_source(),),
    }
    return CommitmentView(ref=ref, **given | fields)


def late(ref: str, days: int, **fields: Any) -> CommitmentView:
    """One that is so many days late, moved once."""
    end = AS_OF - timedelta(days=days)
    return a_view(
        ref,
        schedule=Schedule.OVERDUE,
        days_overdue=days,
        days_past_baseline=days + 30,
        moves=1,
        deadline=Deadline.of(end.isoformat(), "theo biên bản", Certainty.AGREED),
        **fields,
    )


NASTY = (
    late("VL-2025-001", 12, title=Words(vi="=HYPERLINK(1)| a `b` <b>*c*_d_ [x](y)")),
    late("VL-2025-002", 200, title=Words(vi=f"a{ESC}[31mđỏ{RLO}ngược\nhai dòng\t\x9b")),
    late(
        "VNLAO-2025-100003",
        31,
        title=Words(vi="Dài " + "rất dài " * 30),
        parties=(a_party("Bộ | Xây dựng <script>"),),
    ),
)
SECTIONED: dict[str, Sequence[CommitmentView]] = {
    "overdue": NASTY,
    "late_claim": (a_view("VL-2025-004", schedule=Schedule.LATE_CLAIM, status=Status.CLAIMED_DONE, days_overdue=3),),
    "paused": (),
    "review_due": (
        a_view(
            "VL-2025-005",
            schedule=Schedule.REVIEW_DUE,
            deadline=Deadline.of("none", "sớm"),
            baseline=Deadline.of("none", "sớm"),
            review_on=date(2026, 11, 1),
            parties=(),
        ),
    ),
    "due_soon": (a_view("VL-2025-006", schedule=Schedule.DUE_SOON, deadline=Deadline.of("2026-11-30")),),
}


def a_report(sections: dict[str, Sequence[CommitmentView]] | None = None, **fields: Any) -> OverdueReport:
    """A report whose rows can be read once, as those of the database."""
    sections = SECTIONED if sections is None else sections
    given: dict[str, Any] = {
        "as_of": AS_OF,
        "soon_days": 30,
        "counts": Counts(dict.fromkeys(BUCKETS, 0) | {"open_overdue": 3, "late_claim": 1, "no_deadline": 1}),
        "sizes": {section: len(sections.get(section, ())) for section in SECTIONS},
        "sections": {section: iter(sections.get(section, ())) for section in SECTIONS},
        "anchor": "7:" + "ab" * 32,
    }
    return OverdueReport(**given | fields)
