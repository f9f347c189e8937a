"""One clear sentence for every failure: what, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

from tracker import errors as e
from tracker.i18n import _, pgettext
from tracker.render.dates import day, period
from tracker.render.history import said
from tracker.render.labels import label
from tracker.render.reasons import needed
from tracker.render.reversals import irreversible
from tracker.render.safe import safe
from tracker.render.unusable import database_unusable, file_problem, file_refused

# A superuser may act as everybody there is.
WAYS_NAMED = 3


def error(failure: e.TrackerError) -> str:
    """What went wrong and what to do. A refused file lists every problem, one a line, after the sentence."""
    sentence = _sentence(failure)
    if not failure.concerns or safe(failure.concerns) in sentence:
        return sentence
    return _("{ref}: {sentence}").format(ref=safe(failure.concerns), sentence=sentence)


def _sentence(failure: e.TrackerError) -> str:
    match failure:
        case e.UsageError():
            return _usage(failure)
        case e.NotFound():
            return _with_nearest(
                _("There is no {kind} called “{ref}”.").format(kind=_kind(failure.kind), ref=safe(failure.ref)),
                failure.nearest,
            )
        case e.NotYet():
            return _("{ref} was not in the register on {day}: it begins on {began}.").format(
                ref=safe(failure.ref), day=day(failure.day), began=day(failure.began)
            )
        case e.Ambiguous():
            return _("“{ref}” can be more than one {kind}: {candidates}. Name one of them in full.").format(
                ref=safe(failure.ref), kind=_kind(failure.kind), candidates=_listed(failure.candidates)
            )
        case e.Refused():
            return _refused(failure)
        case e.Conflict():
            return _conflict(failure)
        case e.FileRefused():
            return file_refused(failure)
        case e.FileProblem():
            return file_problem(failure)
        case e.SettingMissing():
            return _("{file} lacks what this needs: write {keys} under [{part}], such as {example}.").format(
                file=safe(failure.file),
                keys=_listed(failure.keys),
                part=safe(failure.part),
                example=safe(failure.example),
            )
        case e.DatabaseUnusable():
            return database_unusable(failure)
        case _:
            return _("Something failed that has no name yet: {failure}.").format(failure=safe(repr(failure)))


def _usage(failure: e.UsageError) -> str:
    match failure:
        case e.UnknownValue():
            return _unknown(failure)
        case e.BadDate():
            return _bad_date(failure)
        case e.BadQuery():
            near = safe(failure.near)
            match failure.reason:
                case "quote":
                    return _("The query has a quotation mark that is not closed, at “{near}”.").format(near=near)
                case "parenthesis":
                    return _("The query has a parenthesis without its other half, at “{near}”.").format(near=near)
                case "operator":
                    return _("In the query, {near} needs a term on both sides.").format(near=near)
                case "too_long":
                    return _("The query is too long, at “{near}”. Ask for less at once.").format(near=near)
                case "too_deep":
                    return _("The query has too many parentheses within one another, at “{near}”.").format(near=near)
                case _:
                    return _("The query cannot be read at “{near}”.").format(near=near)
        case e.BadOption():
            return _bad_option(failure)
        case _:
            return _("That cannot be understood.")


def _unknown(failure: e.UnknownValue) -> str:
    what = label("what", failure.what)
    value = safe(failure.value)
    if failure.value:
        sentence = _("“{value}” is not {what}.").format(value=value, what=what)
    else:
        sentence = _("A value is missing: {what}.").format(what=what)
    if not failure.allowed:
        return sentence
    allowed = _("Allowed: {values}.").format(values=_listed(failure.allowed))
    return f"{_with_nearest(sentence, _near(failure.value, failure.allowed))} {allowed}"


def _bad_date(failure: e.BadDate) -> str:
    value = safe(failure.value)
    match failure.reason:
        case "impossible":
            return _("“{value}” is a day that does not exist.").format(value=value)
        case "reversed":
            return _("“{value}” ends before it begins.").format(value=value)
        case "two_digit_year":
            return _("“{value}”: write the year with four digits.").format(value=value)
        case "not_a_day":
            return _("“{value}” is not one day. Write a day such as 2026-08-31 or 31/8/2026.").format(value=value)
        case "out_of_reach":
            return _("“{value}”: a day from 1900 to 2999 is needed.").format(value=value)
        case "after_the_day":
            return _("“{value}” is later than the day that the report is of.").format(value=value)
        case "to_come":
            return _("“{value}” is still to come; a day until today is needed.").format(value=value)
        case "not_published":
            return _("“{value}” is not when a text came out. Write 2026-08-31, 31/8/2026, 2026-08 or 2026.").format(
                value=value
            )
        case "not_when_done":
            return _(
                "“{value}” is not when it was done. Write 2026-08-31, 31/8/2026, 2026-08, 2026 or unknown."
            ).format(value=value)
        case "ambiguous":
            readings = pgettext("between alternatives", " or ").join(
                f"{reading} ({period(reading)})" for reading in failure.readings
            )
            return _("“{value}” can be read in two ways: {readings}. Write one of them.").format(
                value=value, readings=readings
            )
        case _:
            return _(
                "“{value}” is not a date. Write 2026-08-31, 2026-08, 2026-Q3, 2026-H2, 2026,"
                " 2026-01-30..2026-02-02, ..2030 or none."
            ).format(value=value)


def _bad_option(failure: e.BadOption) -> str:
    option, value = safe(failure.option), safe(failure.value)
    match failure.reason:
        case "missing":
            return _("{option} is needed and cannot be empty.").format(option=option)
        case "nothing_to_change":
            return _("Nothing to change was given. Name at least one field and its new value.")
        case "needless":
            return _("{option} has no meaning here; leave it out.").format(option=option)
        case "replaced":
            return _("{value} is itself replaced by another one; name the one that holds.").format(value=value)
        case "a_file":
            return _("{option} wants the name of a file here.").format(option=option)
        case "once":
            return _("{option} can be given only once.").format(option=option)
        case "kept_anyway":
            return _("{option} has no meaning with --save, which keeps the reports among the drafts.").format(
                option=option
            )
        case "one_only":
            return _("{option} is for one commitment at a time.").format(option=option)
        case "for_new":
            return _("{option} is for a new commitment, and draft {number} reports on one that is on record.").format(
                option=option, number=value
            )
        case "for_report":
            return _("{option} is for a report on a commitment, and draft {number} would be a new one.").format(
                option=option, number=value
            )
        case "no_terminal":
            return _(
                "A {form} file is not for a terminal: name a file ({option} FILE), or hand it to another program."
            ).format(form=value, option=option)
        case "one_answer":
            return _("Several formats at once need a name for their files: {option} {name}.").format(
                option=option, name="'{report}-{as_of}'"
            )
        case "no_such_hole":
            return _("{option}: {value} cannot be filled in; {holes} can.").format(
                option=option, value=value, holes="{report}, {as_of}, {lang}, {suffix}"
            )
        case "itself":
            return _("{value} cannot be replaced by itself.").format(value=value)
        case "no_text":
            return _(
                "The register does not hold the text of {document}, so its paragraphs cannot be counted."
                " Add it first: tracker document add FILE"
            ).format(document=value)
        case "no_paragraph":
            return _("“{place}”: the document has no such paragraph.").format(place=value)
        case "no_date":
            return _("{option}: the event {value} has no date yet.").format(option=option, value=value)
        case "no_folder":
            return _("{option}: there is no folder {value}.").format(option=option, value=value)
        case "bad_pattern":
            return _(
                "{option}: “{value}” is no name for letters."
                " It ends with .docx; {{party}} and {{as_of}} may stand in it."
            ).format(option=option, value=value)
        case "one_file":
            return _(
                "{option}: “{value}” is one file, and there are several letters."
                " Name a folder, or put {{party}} into the name."
            ).format(option=option, value=value)
        case "one_letter":
            return _("{option} is for one letter at a time, and there are several.").format(option=option)
        case "no_home":
            return _("{option}: the folder of {value} cannot be found.").format(option=option, value=value)
        case "invalid" if option == "DOC:PARA":
            return _(
                "“{given}” is no DOCUMENT:PARAGRAPH, such as 003:8. What is only words belongs in the note."
            ).format(given=value)
        case "invalid" if option == "--anchor":
            return _("{option}: “{value}” is no anchor, the 64 digits and letters in a report or backup.").format(
                option=option, value=value
            )
        case _ if value:
            return _("{option} cannot be “{value}”.").format(option=option, value=value)
        case _:
            return _("{option} cannot be empty or is not right as given.").format(option=option)


def _refused(failure: e.Refused) -> str:
    match failure:
        case e.ReasonMissing(status="move"):
            return _("The deadline of {ref} cannot be moved without {needs}.").format(
                ref=safe(failure.ref), needs=needed(failure.needs)
            )
        case e.ReasonMissing():
            return _("{ref} cannot be marked “{status}” without {needs}.").format(
                ref=safe(failure.ref), status=label("status", failure.status), needs=needed(failure.needs)
            )
        case e.ChangeNotAllowed(asked="move"):
            return _(
                "{ref} is closed ({status}), so its deadline is not moved. Reopen it with an open status first."
            ).format(ref=safe(failure.ref), status=label("status", failure.status))
        case e.ChangeNotAllowed():
            return _(
                "{ref} is closed already ({status}), so it is not marked “{asked}”."
                " Reopen it with an open status first."
            ).format(
                ref=safe(failure.ref),
                status=label("status", failure.status),
                asked=label("status", failure.asked),
            )
        case e.DraftDecided(ref=str(ref)):
            return _("Draft {number} is decided already: it went into {ref}.").format(
                number=failure.number, ref=safe(ref)
            )
        case e.DraftDecided():
            return _("Draft {number} is decided already: it was rejected.").format(number=failure.number)
        case e.ReportNotMerged():
            return _(
                "Draft {number} reports that {ref} is “{status}”; it is not merged but accepted, which marks {ref} so."
            ).format(number=failure.number, ref=safe(failure.ref), status=label("status", failure.status))
        case e.InTheFuture(what="done"):
            return _("It cannot have been done on {day}: today is {today}.").format(
                day=day(failure.day), today=day(failure.today)
            )
        case e.InTheFuture():
            return _("What happened cannot lie in the future: {day} is after today, {today}.").format(
                day=day(failure.day), today=day(failure.today)
            )
        case e.BeforeItBegan():
            return _("{ref} was made on {began}; nothing can have happened to it on {day}.").format(
                ref=safe(failure.ref), began=day(failure.began), day=day(failure.day)
            )
        case e.NotASide():
            return _("{party} is no side of {ref}. Its sides are: {sides}.").format(
                party=safe(failure.party), ref=safe(failure.ref), sides=_listed(failure.sides)
            )
        case e.ReviewPast():
            return _("A review of {ref} on {day} would lie in the past. Give a later day.").format(
                ref=safe(failure.ref), day=day(failure.day)
            )
        case e.AlreadyThere():
            return _("There is a {kind} called “{ref}” already. Choose another name or change that one.").format(
                kind=_kind(failure.kind), ref=safe(failure.ref)
            )
        case e.NoRoles():
            return _(
                "{database} is a file and has no roles: the file's permissions say who may read or write it."
            ).format(database=safe(failure.database))
        case e.RightsElsewhere():
            return _(
                "{role} could still do more than that in {database}: as {ways}."
                " Nothing was changed; take those rights away first."
            ).format(role=safe(failure.role), database=safe(failure.database), ways=_listed(failure.ways[:WAYS_NAMED]))
        case e.ServersRole():
            return _(
                "{role} is one of PostgreSQL's own roles, which are given nothing here."
                " Have the server's administrator make a role for the desk, and name that."
            ).format(role=safe(failure.role))
        case e.RefSpent():
            return _(
                "{ref} was given to a commitment that was taken back, and no ref is given twice."
                " Choose another one, or bring that one back: tracker redo {ref}"
            ).format(ref=safe(failure.ref))
        case e.NothingToReverse() | e.ActNotReversed() | e.ActInTheWay():
            return irreversible(failure)
        case e.NoSource():
            return _("{ref} needs at least one source of the role “origin”: a document and a paragraph.").format(
                ref=safe(failure.ref)
            )
        case e.FollowUpRefused():
            return _follow_up(failure)
        case e.NumberTaken():
            return _("The number {number} is that of another letter already: tracker follow-up show {key}").format(
                number=safe(failure.number), key=safe(failure.follow_up)
            )
        case e.SameDeadline():
            return _("The deadline of {ref} is {period} already; a move must change it.").format(
                ref=safe(failure.ref), period=period(failure.value)
            )
        case _:
            return _("A rule of the register says no.")


def _follow_up(failure: e.FollowUpRefused) -> str:
    ref, given = safe(failure.ref), day(failure.day) if failure.day else ""
    sentences = {
        "closed": _("{ref} is closed, so nothing is planned for it. Reopen it with an open status first."),
        "past": _("A follow-up lies ahead: give today, {day}, or a later day for {ref}."),
        "same_day": _("{ref} is planned for {day} already; give another day."),
        "done": _("{ref} was done on {day}, and nothing more is awaited of it."),
        "dropped": _("{ref} was dropped. Plan a new one instead."),
        "answered": _("{ref} was answered on {day} already."),
        "not_done": _("{ref} is not done yet. Say so with its answer: tracker follow-up done {ref} --answer TEXT"),
        "early": _("{ref}: an answer cannot come before {day}, the day of the contact."),
        "note": _("{ref} cannot be dropped without a note that says why."),
        "never": _("{ref}: this cadence never comes again. Plan it once, without a cadence."),
    }
    return sentences.get(failure.reason, _("A rule of the register says no.")).format(ref=ref, day=given)


def _conflict(failure: e.Conflict) -> str:
    match failure:
        case e.StaleCommitment():
            sentence = _(
                "Somebody changed {ref} in the meantime: you saw version {seen}, now it is version {stored}."
                " Look again, then decide."
            ).format(ref=safe(failure.ref), seen=failure.seen, stored=failure.stored)
            lines = [
                _("{field}: you saw “{seen}”, now it is “{stored}”").format(
                    field=label("field", found.name),
                    seen=said(found.name, found.seen),
                    stored=said(found.name, found.stored),
                )
                for found in failure.differences
            ]
            return "\n".join((sentence, *(f"  {line}" for line in lines)))
        case e.AskedMeanwhile():
            return _(
                "Somebody else has asked {to} about {ref} in the meantime. Nothing was recorded and no letter written;"
                " look again: tracker follow-up list {ref}"
            ).format(to=safe(failure.to), ref=safe(failure.ref))
        case e.DatabaseBusy():
            return _("Somebody else is writing to {database} just now. Nothing was changed; try again.").format(
                database=safe(failure.database)
            )
        case _:
            return _("Somebody else was faster. Look again, then decide.")


def _kind(kind: str) -> str:
    return label("what", kind)


def _listed(values: Sequence[str]) -> str:
    return ", ".join(map(safe, values))


def _with_nearest(sentence: str, nearest: Sequence[str]) -> str:
    if not nearest:
        return sentence
    near = pgettext("between alternatives", " or ").join(f"“{safe(name)}”" for name in nearest)
    question = _("Did you mean {names}?").format(names=near)
    return f"{sentence} {question}"


def _near(value: str, allowed: Sequence[str]) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(value.lower(), allowed, n=2)
