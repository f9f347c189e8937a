"""Draft commitments out of a document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.call import Call
from tracker.domain.views import Remark
from tracker.errors import BadOption
from tracker.reports.drafts import DRAFTS
from tracker.reports.formats import render_list

if TYPE_CHECKING:
    from tracker.reading.drafting import Drafting
    from tracker.reading.files import FileText


def draft(call: Call) -> int:
    """`tracker draft`: what a document seems to promise. Nothing is stored."""
    source, drafting = _drafted(call)
    call.remark(Remark("drafted", {"file": source.file, "count": str(len(drafting.drafts)), "kind": drafting.kind}))
    call.answer(render_list(call.form, DRAFTS, drafting.drafts, width=call.width, colour=call.colour))
    return 0


def _drafted(call: Call) -> tuple[FileText, Drafting]:
    from tracker.domain.deadline import parse_period
    from tracker.reading import drafting
    from tracker.reading.files import read_file

    args = call.args
    if args.language not in (None, "vi", "en"):
        raise BadOption("--language", "invalid", args.language)
    period = parse_period(call.period(args.published))
    published = period.start or period.end
    if published is None:
        raise BadOption("--published", "invalid", args.published)
    source = read_file(Path(args.file))
    return source, drafting.draft(source.text, published, language=args.language)
