"""The README's picture can be drawn anew, and is the same each time."""

from __future__ import annotations

from tests.tui.picture import picture


async def test_the_picture_is_the_same_each_time() -> None:
    first = await picture()
    assert first == await picture()
    assert "VL-2026-001" in first
