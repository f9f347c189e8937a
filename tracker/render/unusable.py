"""Failures of what the register lies on or takes in: files and databases."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from tracker import errors as e
from tracker.domain.outcomes import MOST_FINDINGS, Finding
from tracker.i18n import _, ngettext
from tracker.render.findings import finding
from tracker.render.reasons import why
from tracker.render.safe import safe

# Of a broken history the first ones are named: `tracker db verify` names all.
FINDINGS_NAMED = 10


def file_refused(failure: e.FileRefused) -> str:
    """A file of which nothing was taken: every problem, one a line."""
    count = len(failure.problems)
    sentence = ngettext(
        "{file} cannot be taken, and nothing of it was: {count} problem.",
        "{file} cannot be taken, and nothing of it was: {count} problems.",
        count,
    ).format(file=safe(failure.file), count=count)
    lines = [_problem(problem) for problem in failure.problems]
    return "\n".join((sentence, *(f"  {line}" for line in lines)))


def _problem(problem: e.Problem) -> str:
    reason = why(problem.reason)
    if not problem.key:
        return _("{file}: {reason}").format(file=safe(problem.file), reason=reason)
    return _("{file}, {key}: {reason}").format(file=safe(problem.file), key=safe(problem.key), reason=reason)


def file_problem(failure: e.FileProblem) -> str:
    """A file that cannot be read or written."""
    file = safe(failure.file)
    match failure.reason:
        case "missing":
            return _("There is no {file}.").format(file=file)
        case "no_evidence":
            return _(
                "“{file}” is no file, no link and no DOCUMENT:PARAGRAPH. What is only words belongs in the note."
            ).format(file=file)
        case "exists":
            return _("{file} exists already and is left as it is.").format(file=file)
        case "unwritable":
            return _("{file} cannot be written. Choose another place, or make room.").format(file=file)
        case "beside":
            return _("What was written is recorded but could not be put under its name; it lies at {file}.").format(
                file=file
            )
        case "unreadable":
            return _("{file} cannot be read. Look at its permissions.").format(file=file)
        case "not_text":
            return _("{file} is not a text in UTF-8.").format(file=file)
        case "rich_text":
            return _("{file} is rich text (RTF), which is not read. Save it as .docx or .txt and give that.").format(
                file=file
            )
        case "folder":
            return _("{file} is a folder; a file is needed.").format(file=file)
        case "too_large":
            return _("{file} is too large to be read as one document.").format(file=file)
        case "damaged":
            return _("{file} is damaged, or is not what its name says.").format(file=file)
        case "protected":
            return _("{file} is protected with a password.").format(file=file)
        case "no_text_layer":
            return _("{file} has no text in it: it is a scan. Give the text that it shows.").format(file=file)
        case "empty":
            return _("{file} has no words in it.").format(file=file)
        case "not_a_backup":
            return _("{file} is no backup that can be put back here. Nothing was changed.").format(file=file)
        case _:
            return _("{file} cannot be used: {reason}.").format(file=file, reason=safe(failure.reason))


def findings(found: Sequence[object]) -> list[str]:
    """The first findings, a line each, and how many there are beside them."""
    lines = [finding(each) for each in found[:FINDINGS_NAMED] if isinstance(each, Finding)]
    rest = len(found) - FINDINGS_NAMED
    if len(found) > MOST_FINDINGS:
        lines.append(_("and more than {count} others").format(count=MOST_FINDINGS - FINDINGS_NAMED))
    elif rest > 0:
        lines.append(ngettext("and {count} more", "and {count} more", rest).format(count=rest))
    return [f"  {line}" for line in lines]


def database_unusable(failure: e.DatabaseUnusable) -> str:
    """A database that cannot be used, and what to do about it."""
    place = safe(failure.database)
    match failure:
        case e.DatabaseMissing():
            return _("There is no database at {place} yet. `tracker seed` or `tracker db upgrade` makes it.").format(
                place=place
            )
        case e.FolderMissing():
            return _("The folder for {place} does not exist. Make it first.").format(place=place)
        case e.OnNetworkFolder():
            return _(
                "{place} lies on a network folder ({kind}), where SQLite loses data."
                " Put it on a disk of this machine, or use PostgreSQL."
            ).format(place=place, kind=safe(failure.kind))
        case e.NotOurDatabase():
            return _("{place} is something else than a register of commitments; it is left alone.").format(place=place)
        case e.DatabaseDamaged():
            return _("{place} is a register that is damaged and cannot be read. Put a copy of it back.").format(
                place=place
            )
        case e.DatabaseTooNew():
            return _(
                "{place} was written by a newer version of the program (schema {revision}). Use that version;"
                " `tracker export -o FILE.zip` takes everything out as it lies."
            ).format(place=place, revision=safe(failure.revision))
        case e.DatabaseBehind(own=False):
            return _(
                "{place} was written by an older version of the program (schema {revision})."
                " Its owner has to run `tracker db upgrade` first."
            ).format(place=place, revision=safe(failure.revision))
        case e.DatabaseBehind():
            return _(
                "{place} was written by an older version of the program (schema {revision})."
                " Run `tracker db upgrade` first."
            ).format(place=place, revision=safe(failure.revision))
        case e.GuardMissing():
            return _("{place} has lost what guards its history: {missing}. Restore a backup.").format(
                place=place, missing=", ".join(map(safe, failure.missing))
            )
        case e.HistoryBroken():
            sentence = _("{place} does not hold what its history says, and was not taken:").format(place=place)
            return "\n".join((sentence, *findings(failure.findings)))
        case e.ProgramMissing(said=said) if said:
            return _("{program} failed on {place}: {said}").format(
                program=safe(failure.program), place=place, said=safe(said)
            )
        case e.ProgramMissing():
            return _(
                "{place} is on PostgreSQL, and its program {program} is not on the PATH. Install PostgreSQL's client"
                " programs, or take the register out with: tracker export -o FILE.zip"
            ).format(place=place, program=safe(failure.program))
        case e.NotEmpty():
            return _("{place} has something in it already and is left as it is. Name an empty one.").format(place=place)
        case e.DatabaseReadOnly():
            told = _("{place} may be read but not written. Nothing was changed.").format(place=place)
            if "://" not in place:
                return told
            return _("{told} The register's owner lets a role record: tracker db grant ROLE --may record.").format(
                told=told
            )
        case e.RightMissing():
            return _(
                "{place} refuses that: this role has no right to do it. Nothing was changed."
                " The register's owner gives rights in it (tracker db grant ROLE --may read|record), the server's"
                " administrator those on its database and schema."
            ).format(place=place)
        case e.DiskFull():
            return _("There was no room to write to {place}. Nothing was changed; make room and try again.").format(
                place=place
            )
        case e.DatabaseUnreachable():
            return _("{place} cannot be opened: {reason}").format(
                place=place, reason=safe(failure.reason) or _("no answer")
            )
        case e.BadURL():
            return _bad_url(failure.reason).format(place=place)
        case e.SchemaMissing():
            return _(
                "{place} has no schema {schema}. Name another one in the URL, or have it made: CREATE SCHEMA {spelt}"
            ).format(place=place, schema=safe(failure.schema), spelt=safe(_spelt(failure.schema)))
        case e.OtherSchema():
            return _(
                "{file} holds the register of the schema {held}, and {place} asks for the schema {schema}. Nothing was"
                " changed. Write the URL with ?options=-csearch_path%3D{spelt}, and `tracker db copy` takes the"
                " register into another schema from there."
            ).format(
                file=safe(failure.file),
                held=safe(failure.held),
                place=place,
                schema=safe(failure.schema),
                spelt=quote(_spelt(failure.held)),
            )
        case e.DriverMissing():
            return _(
                "{place} is on PostgreSQL, and its driver is not installed:"
                " pip install 'commitment-tracker[postgresql]'"
            ).format(place=place)
        case _:
            return _("{place} cannot be used as a database.").format(place=place)


def _spelt(schema: str) -> str:
    """A schema's name as PostgreSQL reads it."""
    return schema if re.fullmatch(r"[a-z_][a-z0-9_]*", schema) else '"{}"'.format(schema.replace('"', '""'))


def _bad_url(reason: str) -> str:
    match reason:
        case "postgres":
            return _("{place} is written postgresql://..., not postgres://...")
        case "at":
            return _("{place} has an @ too many for a URL: in a password it is written %40.")
        case "other_kind":
            return _("{place} is neither SQLite nor PostgreSQL: sqlite:///PATH or postgresql://ROLE@HOST:PORT/NAME.")
        case _:
            return _(
                "{place} is no URL of a database. It is written postgresql://ROLE@HOST:PORT/NAME, and an @ in a"
                " password %40."
            )
