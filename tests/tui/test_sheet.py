"""One commitment written out: whose move it is, and a long history that costs no more than a short one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from tests.tui.desk import DAY, Open
from tracker.domain.status import Status
from tracker.domain.views import CommitmentDetail, SideView
from tracker.tui.screens.detail import DetailRoom
from tracker.tui.sheet import BESIDE, sheet


async def test_the_detail_says_whose_move_it_is_and_since_when(desk: Open) -> None:
    async with desk((120, 50)) as person:
        commitments = person.app.tracker.commitments
        show = commitments.show
        sides = (
            SideView("vn-hanoi", Status.DELIVERED, date(2026, 3, 1)),
            SideView("la-vientiane", Status.IN_PROGRESS, date(2026, 4, 2)),
        )

        def apart(ref: str, **named: Any) -> CommitmentDetail:
            detail = show(ref, **named)
            return replace(detail, commitment=replace(detail.commitment, sides=sides))

        vars(commitments)["show"] = apart
        person.app.go_to("VL-2025-026")
        await person.at(DetailRoom)
        await person.sees("Whose move", "Vientiane (In progress, since 2 Apr 2026)", "Delivered, since 1 Mar 2026")


async def test_nobodys_move_is_not_named(desk: Open) -> None:
    async with desk((120, 50)) as person:
        person.app.go_to("VL-2025-026")
        await person.at(DetailRoom)
        await person.sees("Our side")
        assert "Whose move" not in person.screen


async def test_of_a_long_history_the_newest_is_shown_and_the_rest_counted(desk: Open) -> None:
    async with desk() as person:
        detail = person.app.tracker.commitments.show("VL-2025-026", as_of=DAY)
    (entry, *_rest) = detail.entries
    entries = tuple(replace(entry, reason=f"reason {number}.") for number in range(BESIDE + 357))
    text = sheet(replace(detail, entries=entries), 60, "Asia/Ho_Chi_Minh", DAY).plain
    assert f"reason {BESIDE - 1}." in text
    assert f"reason {BESIDE}." not in text
    assert "357 earlier ones are not shown here." in " ".join(text.split())
    assert "not shown here" not in sheet(detail, 60, "Asia/Ho_Chi_Minh", DAY).plain
