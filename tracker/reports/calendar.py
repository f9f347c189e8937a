"""A report as a calendar: a whole day, or several, for each row that has some.

No clock: the stamp is the report's day, and so are the bytes. A row keeps its UID from one report to the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

from icalendar import Calendar, Event

from tracker.reports.model import Mark, Report, Section
from tracker.reports.words import anchored

UID = "{key}@commitment-tracker"


def draw(report: Report) -> Iterator[str]:
    """The calendar, event by event. What the report is of, its sum and its anchor describe it."""
    calendar = Calendar()
    calendar.add("prodid", "-//commitment-tracker//reports//EN")
    calendar.add("version", "2.0")
    calendar.add("name", report.title)
    calendar.add("description", "\n".join(_about(report)))
    head, end = calendar.to_ical().decode().split("END:VCALENDAR")
    yield head
    stamp = datetime.combine(report.as_of, time(), UTC)
    seen: set[str] = set()
    for section in report.sections:
        if section.mark is None:
            continue
        for item in section.items:
            mark = section.mark(item)
            # The same thing in two sections is one event.
            if mark is not None and mark.key not in seen:
                seen.add(mark.key)
                yield _event(section, mark, item, stamp, report.language).to_ical().decode()
    yield f"END:VCALENDAR{end}"


def _about(report: Report) -> Iterator[str]:
    yield report.title
    yield from report.asked
    yield from (f"{name}: {count}" for name, count in report.counts)
    yield from report.remarks
    yield anchored(report)


def _event(section: Section[Any], mark: Mark, item: object, stamp: datetime, language: str) -> Event:
    event = Event()
    event.add("uid", UID.format(key=mark.key))
    event.add("dtstamp", stamp)
    event.add("dtstart", mark.first)
    event.add("dtend", mark.last + timedelta(days=1))
    event.add("summary", f"{mark.key}  {mark.title}", parameters={"language": language})
    told = [mark.said, section.title, *(f"{field.head}: {field.cell(item)}" for field in section.fields[2:])]
    event.add("description", "\n".join(filter(None, told)))
    event.add("categories", [section.key])
    # A calendar takes what a later report says for the later word.
    event.add("sequence", stamp.toordinal())
    # It takes nobody's time.
    event.add("transp", "TRANSPARENT")
    return event
