"""Where a database lies, as a person names it: a path or a URL, which may have a password in it."""

from __future__ import annotations

import re

# What begins like a URL of one of our kinds without being one, or names who logs in where.
_MEANT = re.compile(r"(?i)\s*(?:(?:postgres\w*|sqlite)(?:\+\w+)?(?::|//)|[^/@\s:]+:[^@]*@)")
_SECRET = re.compile(r"(?is)(\s*(?:\w+(?:\+\w+)?:(?=/)|postgres\w*(?:\+\w+)?:?)?/*[^:/@]*):(?!//).*@")
_ASKED = re.compile(r"(?i)([?&](?:ssl)?password=)[^&]*")
_QUERY = re.compile(r"[?&]\w+=[^&]*")


def is_url(given: str) -> bool:
    """Whether it was meant as a URL, right or not; else it is a path."""
    return "://" in given or _MEANT.match(given) is not None


def wrong_with(url: str) -> str | None:
    """Why a URL cannot be read without taking a part of its password for something else, or None."""
    scheme, begun, rest = url.partition("://")
    if not begun:
        return "unreadable"
    if scheme.lower().startswith("sqlite"):
        return None
    if scheme == "postgres" or scheme.startswith("postgres+"):
        return "postgres"
    rest = _QUERY.sub("", rest)
    if re.match(r"(?s)[^:/@]*:[^@]*@.*@", rest):
        return "at"
    return "unreadable" if re.match(r"(?s)/+[^:/@]*:.*@", rest) else None


def hidden(url: str) -> str:
    """A URL without its password, even when it cannot be read."""
    return _SECRET.sub(r"\1:***@", _ASKED.sub(r"\1***", url))
