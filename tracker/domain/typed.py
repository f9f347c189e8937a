"""What people type for things with several parts, in one spelling for every face."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from tracker.domain.register import Target, plain_number
from tracker.domain.text import slug
from tracker.errors import BadOption

# More than any amount has: 1e999999999 written out would fill the memory.
DIGITS = 24


def read_target(typed: str, read_period: Callable[[str], str]) -> Target:
    """A measured aim: FIGURE=VALUE, or FIGURE=VALUE@BY; `read_period` reads by when. Raises BadOption, BadDate."""
    figure, equals, rest = typed.partition("=")
    value, at, by = rest.partition("@")
    try:
        number = Decimal(value.strip().replace("_", ""))
    except InvalidOperation:
        raise BadOption("--target", "invalid", typed) from None
    if (
        not equals
        or not number.is_finite()
        or abs(number.adjusted()) > DIGITS
        or len(number.as_tuple().digits) > DIGITS
    ):
        raise BadOption("--target", "invalid", typed)
    return Target(figure=figure.strip(), value=number, by=read_period(by) if at else "none")


def typed_target(figure: str, value: Decimal, by: str | None) -> str:
    """A measured aim as it would be typed."""
    return f"{figure}={plain_number(value)}" + ("" if by in (None, "none") else f"@{by}")


def read_tags(typed: str) -> tuple[str, ...]:
    """Tags separated by commas, each once."""
    return tuple(dict.fromkeys(filter(None, map(slug, typed.split(",")))))
