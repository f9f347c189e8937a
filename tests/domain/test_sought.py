"""What somebody types to look for acts in the history."""

from __future__ import annotations

import pytest

from tracker.domain.sought import Sought, read_sought
from tracker.errors import UnknownValue


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", Sought()),
        ("hợp đồng", Sought(words=("hợp", "đồng"))),
        ('"hợp đồng" actor:Minh', Sought(("Minh",), (), ("hợp đồng",))),
        ("KIND:Mark,move actor:lan actor:minh", Sought(("lan", "minh"), ("mark", "move"))),
        ('actor:"Trần Minh" https://a.vn', Sought(("Trần Minh",), (), ("https://a.vn",))),
        ("actor: kind:", Sought()),
    ],
)
def test_terms(typed: str, meant: Sought) -> None:
    assert read_sought(typed) == meant


def test_a_kind_that_there_is_not_is_told() -> None:
    with pytest.raises(UnknownValue) as refused:
        read_sought("kind:marks")
    assert refused.value.value == "marks"
