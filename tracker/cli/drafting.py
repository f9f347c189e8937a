"""Draft commitments out of a document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.call import Call
from tracker.domain.views import Remark
from tracker.errors import BadOption, DatabaseUnusable, UnknownValue
from tracker.reports.drafts import DRAFTS, UPDATES
from tracker.reports.formats import render_list

if TYPE_CHECKING:
    from tracker.reading.drafting import Draft, Drafting
    from tracker.reading.files import FileText
    from tracker.reading.likeness import ProposedUpdate


def draft(call: Call) -> int:
    """`tracker draft`: what a document seems to promise, or what it reports on promises. Nothing is stored."""
    source, read = _read(call)
    drafts, updates = _beside(call, source, read)
    call.remark(Remark("drafted", {"file": source.file, "count": str(len(drafts)), "kind": read.kind}))
    if call.args.updates:
        call.answer(render_list(call.form, UPDATES, updates, width=call.width, colour=call.colour))
    else:
        call.answer(render_list(call.form, DRAFTS, drafts, width=call.width, colour=call.colour))
    return 0


def _beside(call: Call, source: FileText, read: Drafting) -> tuple[tuple[Draft, ...], tuple[ProposedUpdate, ...]]:
    """The drafts beside the register, where there is one: drafting itself needs none."""
    from tracker.bootstrap import open_known

    try:
        tracker = open_known(call.settings)
        if tracker is None:
            return read.drafts, ()
        with tracker:
            return tracker.drafts.beside(read, source.sha256, as_of=call.as_of)
    except DatabaseUnusable as unusable:
        call.remark(Remark("not_compared", {"place": unusable.database}))
        return read.drafts, ()


def _read(call: Call) -> tuple[FileText, Drafting]:
    from tracker.domain.deadline import parse_period
    from tracker.reading import drafting
    from tracker.reading.files import read_file

    args = call.args
    if args.language not in (None, "vi", "en"):
        raise UnknownValue("--language", args.language, ("vi", "en"))
    period = parse_period(call.period(args.published))
    published = period.start or period.end
    if published is None:
        raise BadOption("--published", "invalid", args.published)
    source = read_file(Path(args.file))
    return source, drafting.draft(source.text, published, language=args.language)
