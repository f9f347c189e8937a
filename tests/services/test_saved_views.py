"""Saved views: their names, their slots, and that a view which could not be shown is refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories import a_hand
from tracker import errors
from tracker.bootstrap import Tracker
from tracker.domain.commands import SaveView


def save(tracker: Tracker, name: str = "Quá hạn của Bộ", **fields: Any) -> None:
    tracker.saved_views.save(SaveView(name=name, **{"query": "is:overdue"} | fields), a_hand())


def listed(tracker: Tracker) -> list[tuple[str, int | None]]:
    return [(view.name, view.slot) for view in tracker.saved_views.listing()]


def test_a_view_is_found_by_its_name_without_marks(tracker: Tracker) -> None:
    save(tracker, sort="-updated", group="lead", columns=("ref", "title"), slot=3)
    found = tracker.saved_views.get("qua han cua bo")
    assert (found.name, found.query, found.sort) == ("Quá hạn của Bộ", "is:overdue", "-updated")
    assert (found.group, found.columns, found.slot) == ("lead", ("ref", "title"), 3)
    assert tracker.saved_views.get("QUÁ-HẠN-CỦA-BỘ") == found


def test_saving_under_the_same_name_replaces_it_and_history_keeps_both(tracker: Tracker) -> None:
    save(tracker)
    save(tracker, "qua han cua bo", query="is:due")
    assert [view.query for view in tracker.saved_views.listing()] == ["is:due"]
    first, second = tracker.commitments.history(limit=2)
    assert (first.subject, first.ref, first.changes["query"]) == ("view", "qua-han-cua-bo", ("is:overdue", "is:due"))
    assert second.kind == "add"


def test_a_slot_has_one_view(tracker: Tracker) -> None:
    save(tracker, "Một", slot=1)
    save(tracker, "Hai", slot=2)
    before = tracker.status().acts
    save(tracker, "Ba", slot=1)
    assert listed(tracker) == [("Ba", 1), ("Hai", 2), ("Một", None)]
    assert tracker.status().acts == before + 1


def test_a_dropped_view_is_gone_and_its_name_can_be_used_again(tracker: Tracker) -> None:
    save(tracker, slot=1)
    tracker.saved_views.drop("qua han cua bo", a_hand())
    assert listed(tracker) == []
    with pytest.raises(errors.NotFound):
        tracker.saved_views.drop("qua han cua bo", a_hand())
    save(tracker, query="is:open")
    assert listed(tracker) == [("Quá hạn của Bộ", None)]


def test_a_mistyped_name_is_told_the_nearest(tracker: Tracker) -> None:
    save(tracker)
    with pytest.raises(errors.NotFound) as unknown:
        tracker.saved_views.get("qua han cua so")
    assert unknown.value.nearest == ("Quá hạn của Bộ",)


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"query": "is:nothing"}, errors.UnknownValue),
        ({"query": "(is:open"}, errors.BadQuery),
        ({"query": "due:yesterday"}, errors.BadDate),
        ({"sort": "title"}, errors.UnknownValue),
        ({"group": "day"}, errors.UnknownValue),
        ({"columns": ("ref", "colour")}, errors.UnknownValue),
        ({"slot": 10}, errors.UnknownValue),
        ({"name": "!?"}, errors.BadOption),
    ],
    ids=str,
)
def test_a_view_that_could_not_be_shown_is_refused(
    tracker: Tracker, fields: dict[str, Any], refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        save(tracker, **{"name": "Xem"} | fields)
    assert listed(tracker) == []
