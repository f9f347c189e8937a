"""From findings to drafts: their deadlines and amounts, whom they bind, and what governs from another unit."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from tracker.domain.deadline import Deadline, Precision
from tracker.reading import rules
from tracker.reading.amounts import Amount, amounts, number_value
from tracker.reading.deadlines import Dated, deadlines, in_cell, undated
from tracker.reading.drafts import Draft, Target
from tracker.reading.findings import Finding
from tracker.reading.parties import Parties
from tracker.reading.spelling import Shadow, Word, words
from tracker.reading.tables import Table
from tracker.reading.units import Unit

LEAST = 0.5
_LONGEST_TITLE = 120
_SHORT_HEADING = 60


class Gathering:
    """Turns findings into drafts: deadlines, amounts, counterparts, and what governs from another unit."""

    def __init__(self, text: Shadow, given: list[Word], parties: Parties, anchor: date, directive: bool) -> None:
        self._text = text
        self._given = given
        self._parties = parties
        self._anchor = anchor
        self._directive = directive
        self._made: list[tuple[Finding, list[Dated], Deadline | None]] = []
        self._opening: tuple[Deadline, int, bool] | None = None
        self._headings: dict[int, Deadline | None] = {}
        self._rows: list[Draft] = []
        self._order: list[tuple[int, bool, int]] = []

    def unit(self, unit: Unit, finding: Finding | None, above: list[Unit]) -> None:
        """Take in a judged unit."""
        found = deadlines(self._text, unit.body, unit.end, self._anchor, directive=self._directive)
        if finding is None:
            given = words(self._text.text, unit.body, unit.end)
            if found and given and rules.cues().closes.at(self._text.text, given, 0):
                self._govern(unit, found[-1])
                if unit.first and unit.depth and above:
                    self._date_below(above[0], found[-1])
            return
        governing: Deadline | None = None
        if not found:
            governing = self._of_opening(unit, finding) or (self._of_heading(above) if self._directive else None)
        else:
            self._open(unit, found)
        self._order.append((unit.start, True, len(self._made)))
        self._made.append((finding, found, governing))
        if (
            self._directive
            and found
            and re.match(r"(?:báo cáo|hoàn thành|trình)[^.;]*$", self._text.text[unit.body : found[-1].start])
        ):
            self._govern(unit, found[-1])

    def _open(self, unit: Unit, found: list[Dated]) -> None:
        """Keep the deadline of a unit that others are counted out from: what stands before "cụ thể: (1) ..." in its
        paragraph, or heads the first of several paragraphs that end with a semicolon ("Trước ngày 30/6, Bộ X ...;").
        """
        plain, head = self._text.text, found[0]
        counts = _COUNTS_OUT.search(plain, head.end, unit.end) is not None
        heads = not unit.depth and head.limited and head.start - unit.body <= 1 and plain[unit.end - 1] == ";"
        self._opening = (head.deadline, unit.paragraph, heads) if counts or heads else None

    def _of_opening(self, unit: Unit, finding: Finding) -> Deadline | None:
        if self._opening is None:
            return None
        deadline, paragraph, heads = self._opening
        if unit.paragraph == paragraph:
            return deadline
        if not heads or unit.paragraph != paragraph + 1 or unit.depth or finding.at > unit.body:
            self._opening = None
            return None
        self._opening = (deadline, unit.paragraph, True) if self._text.text[unit.end - 1] == ";" else None
        return deadline

    def own(self, starts: list[int], owners: tuple[str, ...]) -> None:
        """Give the units that begin there their owners, which a line below them names."""
        for place, (finding, found, governing) in enumerate(self._made) if starts else ():
            if finding.unit.start in starts:
                self._made[place] = (replace(finding, owners=owners, basis="stated"), found, governing)

    def _govern(self, unit: Unit, dated: Dated) -> None:
        """A closing sentence gives its item's earlier units their deadline."""
        for place in range(len(self._made) - 1, -1, -1):
            finding, found, governing = self._made[place]
            if finding.unit.paragraph != unit.paragraph and not (
                unit.first and unit.depth == 0 and unit.paragraph - finding.unit.paragraph <= 3
            ):
                break
            if finding.unit.start != unit.start and not found:
                self._made[place] = (finding, found, governing or dated.deadline)

    def _date_below(self, heading: Unit, dated: Dated) -> None:
        """An item of its own that says by when gives what stands under the same heading its deadline."""
        for place in range(len(self._made) - 1, -1, -1):
            finding, found, governing = self._made[place]
            if finding.unit.start <= heading.start:
                break
            if not found:
                self._made[place] = (finding, found, governing or dated.deadline)

    def _of_heading(self, above: list[Unit]) -> Deadline | None:
        """The deadline that a heading above gives ("Mục tiêu đến năm 2030"), the innermost that has one."""
        for heading in above:
            if heading.start not in self._headings:
                found = deadlines(self._text, heading.body, heading.end, self._anchor, directive=True)
                said = [dated.deadline for dated in found if self._governs(heading, dated)]
                self._headings[heading.start] = said[-1] if said else None
            if deadline := self._headings[heading.start]:
                return deadline
        return None

    def _governs(self, heading: Unit, dated: Dated) -> bool:
        """Whether a heading's date is for what stands under it. In a long one the year may be a plan's: "các nhiệm vụ
        phát triển hạ tầng đến năm 2030 gồm:".
        """
        if heading.end - heading.body < _SHORT_HEADING:
            return True
        given = words(self._text.text, heading.body, heading.end)
        to_a_year = dated.deadline.value.startswith("..") and dated.deadline.precision is Precision.YEAR
        return dated.limited and (not to_a_year or rules.directive()["aims"].at(self._text.text, given, 0) is not None)

    def row(self, unit: Unit, table: Table | None) -> None:
        """Take in a row of a table of tasks."""
        if table is None:
            return
        cells = table.cells(unit, self._text)
        task = cells.get("task")
        if task is None or not any(c.isalpha() for c in self._text.cased[task[0] : task[1]]):
            return
        span = cells.get("deadline")
        deadline = in_cell(self._text, *span, self._anchor) if span else None
        owners = self._cell_names(cells.get("lead"))
        if not owners and len(cells) < 2:
            return
        found_targets = [
            a for span in (cells.get("value"), task) if span for a in self._amounts(span, cells.get("unit"))
        ]
        if not deadline:
            found = deadlines(self._text, *task, self._anchor, directive=True)
            deadline = found[-1].deadline if found else table.deadline(self._text, self._anchor)
        self._order.append((unit.start, False, len(self._rows)))
        self._rows.append(
            Draft(
                unit.start,
                unit.end,
                unit.paragraph,
                "",
                _title(self._text.cased[task[0] : task[1]]),
                owners,
                self._cell_names(cells.get("support")),
                "stated" if owners else "",
                deadline,
                tuple(_target(a) for a in found_targets),
                "will",
                0.9,
                ("table row",),
            )
        )

    def _amounts(self, span: tuple[int, int], unit: tuple[int, int] | None) -> list[Amount]:
        found = amounts(self._text, *span, self._anchor.year)
        if found or unit is None:
            return found
        words_of = self._text.cased[span[0] : span[1]].strip()
        if not re.search(r"[0-9]", words_of):
            return []
        number = re.search(r"[0-9]+(?:[.,][0-9]+)*", words_of)
        assert number
        measured = self._text.cased[unit[0] : unit[1]].strip()
        return [Amount(span[0], span[1], f"{words_of} {measured}".strip(), number_value(number.group()), measured)]

    def _cell_names(self, span: tuple[int, int] | None) -> tuple[str, ...]:
        if span is None:
            return ()
        text = self._text.cased[span[0] : span[1]]
        names = [m for m in self._parties.between(*span) if m.kind in ("body", "general")]
        if names and sum(m.end - m.start for m in names) * 3 >= len(text):
            return tuple(dict.fromkeys(self._text.cased[m.start : m.end] for m in names))
        return tuple(name.strip() for name in re.split(r"[;,/]|<br\s*/?>", text) if name.strip())

    def drafts(self, text: str) -> tuple[Draft, ...]:
        """Everything that was drafted, in the order of the text."""
        made: list[Draft] = []
        for _, is_unit, number in sorted(self._order):
            if is_unit:
                made += self._of(*self._made[number])
            else:
                made.append(self._rows[number])
        return tuple(self._placed(one, text) for one in made if one.confidence >= LEAST)

    def _placed(self, one: Draft, text: str) -> Draft:
        start, end = self._text.place(one.start), self._text.place(one.end)
        return replace(one, start=start, end=end, sentence=text[start:end])

    def _of(self, finding: Finding, found: list[Dated], governing: Deadline | None) -> list[Draft]:
        unit = finding.unit
        ends = list({d.deadline.end: d for d in found if d.deadline.end}.values())
        got = amounts(self._text, unit.body, unit.end, self._anchor.year)
        if not ends:
            deadline = governing or undated(self._text, unit.body, unit.end)
            return [self._draft(finding, deadline, got)]
        if len(ends) == 1:
            return [self._draft(finding, ends[0].deadline, got)]
        # Another deadline is another commitment: each takes the amounts that stand nearest to it.
        drafts = []
        for dated in ends:
            mine = [a for a in got if _nearest(self._text, ends, a) is dated]
            drafts.append(self._draft(finding, dated.deadline, mine))
        return drafts

    def _draft(self, finding: Finding, deadline: Deadline | None, got: list[Amount]) -> Draft:
        unit = finding.unit
        owners = self._parties.named(finding.owners)
        return Draft(
            unit.start,
            unit.end,
            unit.paragraph,
            "",
            _title(self._text.cased[finding.at : unit.end]),
            owners,
            self._counterparts(finding, owners),
            finding.basis,
            deadline,
            tuple(_target(a) for a in got),
            finding.strength,
            round(min(finding.weight, 0.99), 2),
            finding.why,
        )

    def _counterparts(self, finding: Finding, owners: tuple[str, ...]) -> tuple[str, ...]:
        if self._directive:
            unit = finding.unit
            helped = re.compile(r"phối hợp (?:chặt chẽ )?(?:với|cùng)\s+").search(self._text.text, unit.body, unit.end)
            if helped is None:
                return ()
            names = []
            at = helped.end()
            for m in self._parties.between(helped.end(), unit.end):
                if m.start - at > 6:
                    break
                if m.kind in ("body", "general"):
                    names.append(self._text.cased[m.start : m.end])
                at = m.end
            return tuple(dict.fromkeys(names))
        pairs = map(self._parties.named, (self._parties.cities, self._parties.states))
        pair = next((pair for pair in pairs if set(owners) & set(pair)), self._parties.named(self._parties.pair))
        assigned = finding.why[0].startswith("assign")
        if assigned or finding.basis == "joint" or len(owners) != 1:
            return ()
        return tuple(name for name in pair if name not in owners and not any(name in owner for owner in owners))[:1]


def _target(amount: Amount) -> Target:
    return Target(amount.text, amount.value, amount.unit, amount.bound, amount.per, amount.series)


_COUNTS_OUT = re.compile(r"(?:cụ thể|như sau|sau đây|gồm)(?: là)?\s*:")
_PARTS = re.compile(r"[,;]|(?<!\w)(?:và|and)(?!\w)")


def _nearest(text: Shadow, found: list[Dated], amount: Amount) -> Dated:
    """The date an amount belongs to: the nearest, rather in the same part of a list than in the next one."""

    def distance(dated: Dated) -> int:
        start, end = sorted((dated.end, amount.start)) if dated.start < amount.start else (amount.end, dated.start)
        return end - start + 30 * len(_PARTS.findall(text.text, start, max(start, end)))

    return min(found, key=distance)


# Emphasis in Markdown; a star between two letters or digits is none.
_EMPHASIS = re.compile(r"(?<!\w)(?:\*{1,3}|_{1,3})(?=\S)|(?<=\S)(?:\*{1,3}|_{1,3})(?!\w)")


def _title(text: str) -> str:
    """The words of the act, without marks of emphasis, whole words up to a length."""
    plain = " ".join(_EMPHASIS.sub("", text).split()).strip(" .;,:")
    if len(plain) > _LONGEST_TITLE:
        plain = plain[:_LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(",;") + "…"
    return plain[:1].upper() + plain[1:]
