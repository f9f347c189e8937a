"""Letters: who is asked about what; the files, and the record that they went out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.asking import query_of, ref_of
from tracker.cli.call import CHANNEL, Call
from tracker.cli.output import finish
from tracker.cli.parser import Misuse
from tracker.domain.letter import LeftOut, LetterKind, Wanted, lacking
from tracker.domain.letterhead import Letterhead
from tracker.domain.views import Remark
from tracker.errors import BadOption, SettingMissing
from tracker.i18n import _
from tracker.render import words
from tracker.reports.files import write_whole
from tracker.reports.formats import render_list
from tracker.reports.letters.listing import LETTERS, Made
from tracker.reports.letters.placing import in_place, places
from tracker.reports.letters.template import FILES, built_in, read_template
from tracker.reports.letters.words import text_of
from tracker.settings import settings_file

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker

_REF = re.compile(r"[A-Za-z][A-Za-z0-9]*-[0-9]{4}-[0-9]{3,}")
# What may stand in the settings file for each thing that a letter needs.
_EXAMPLES = {
    "issuer": 'issuer = "Bộ Ngoại giao"',
    "place": 'place = "Hà Nội"',
    "number": 'number = "{number}/BNG-ĐNA"',
    "office": 'office = "Vụ trưởng"',
    "sender": 'sender = "The Ministry of Foreign Affairs of the Socialist Republic of Viet Nam"',
}


def letter(call: Call) -> int:
    """`tracker letter`: look at the letters, write them, and with --record put them on record in one act."""
    args = call.args
    if args.write_template:
        return _write_templates(call)
    wanted, head = _wanted(call), _letterhead(call)
    template = read_template(wanted.kind, _folder())
    if args.record and not args.into:
        raise BadOption("-o", "missing")
    with call.tracker() as tracker:
        post = tracker.letters.prepare(wanted)
        if wanted.number is not None and len(post.letters) > 1:
            raise BadOption("--number", "one_letter")
        made = [Made(each, text_of(each, head, template)) for each in post.letters]
        if made and wanted.number is not None:
            tracker.letters.check_number(made[0].text.number, wanted.on)
        if made and args.into:
            made = _written(call, tracker, made, head)
    call.answer(
        render_list(call.form, LETTERS, made, width=call.width, colour=call.colour)
        if made or call.form != "table"
        else ()
    )
    finish()
    _remarks(call, made, post.left_out)
    return 0


def _kind(call: Call) -> LetterKind:
    return LetterKind.NOTE if call.args.note or call.args.partner is not None else LetterKind.URGING


def _wanted(call: Call) -> Wanted:
    args = call.args
    named = bool(args.words) and all(map(_REF.fullmatch, args.words))
    if not args.words and args.lead is None and args.partner is None:
        raise Misuse(_("Name commitments, a query, --lead or --partner: nobody writes to everybody."))
    for option, value in (("--lead", args.lead), ("--partner", args.partner)):
        if value is not None and named:
            raise BadOption(option, "needless")
    if args.number == 0:
        raise BadOption("--number", "invalid", "0")
    if args.record and call.as_of != call.settings.today():
        # A letter goes out on the day on which that is said.
        raise BadOption("--as-of", "needless")
    days = (call.settings.letter or Letterhead()).answer_days
    return Wanted(
        kind=_kind(call),
        on=call.as_of,
        answer_due=call.day(args.answer_due) or call.as_of + timedelta(days=days),
        refs=tuple(map(ref_of, args.words)) if named else (),
        query="" if named else query_of(args.words),
        lead=args.lead,
        partner=args.partner,
        number=args.number,
        again=args.again,
    )


def _letterhead(call: Call) -> Letterhead:
    """What the settings say; a look at who would be asked needs nothing of it."""
    head, kind = call.settings.letter or Letterhead(), _kind(call)
    missing = lacking(head, kind) if call.args.into else ()
    if missing:
        raise SettingMissing(str(settings_file()), "letter", missing, _EXAMPLES[missing[0]])
    return head


def _written(call: Call, tracker: Tracker, made: list[Made], head: Letterhead) -> list[Made]:
    """The letters in their files; with --record nothing of them stays that is not on record."""
    from tracker.reports.letters.drawing import draw

    files = places(call.args.into, [each.letter for each in made])
    drawn = {file: draw(each.letter, each.text, head) for file, each in zip(files, made, strict=True)}
    with in_place(drawn, replace=call.args.replace):
        if call.args.record:
            titled = [(each.letter, each.text.title) for each in made]
            number = made[0].text.number if call.args.number is not None else ""
            done = tracker.letters.record(titled, tracker.hand(CHANNEL), number)
            keys = ", ".join(view.key for view in done.follow_ups)
            recorded = Remark("letters_recorded", {"keys": keys, "day": made[0].letter.answer_due})
    if call.args.record:
        call.remark(recorded)
    return [replace(each, file=file, recorded=call.args.record) for file, each in zip(files, made, strict=True)]


def _remarks(call: Call, made: list[Made], left_out: Iterable[LeftOut]) -> None:
    waiting: dict[tuple[str, object], list[str]] = {}
    nobody: list[str] = []
    for left in left_out:
        if left.before is None or left.before.to is None:
            nobody.append(left.ref)
        else:
            waiting.setdefault((words(left.before.to.name), left.before.answer_due), []).append(left.ref)
    for (to, day), refs in waiting.items():
        call.remark(Remark("letters_waiting", {"to": to, "day": day, "refs": ", ".join(refs)}))
    if nobody:
        call.remark(Remark("letters_nobody", {"refs": ", ".join(nobody)}))
    if not made:
        call.remark(Remark("letters_none"))
    elif not call.args.into:
        call.remark(Remark("letters_shown"))
    else:
        call.remark(Remark("letters_written", {"files": ", ".join(str(each.file) for each in made)}))


def _folder() -> Path:
    """Where the office keeps its own words."""
    return settings_file().parent / "letters"


def _write_templates(call: Call) -> int:
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    for kind, name in FILES.items():
        write_whole(folder / name, (built_in(kind),), replace=call.args.replace)
        call.remark(Remark("written", {"file": str(folder / name)}))
    return 0
