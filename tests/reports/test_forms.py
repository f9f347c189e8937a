"""Every form that an office works with: read back, it has the rows of the JSON; nothing in it is obeyed."""

from __future__ import annotations

import email
import email.policy
import io
import json
import re
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser

import openpyxl
import pytest

from tests.reports.readers import READERS
from tests.reports.views import AS_OF, ESC, RLO, a_party, a_report, a_view, late
from tracker.domain.lateness import SECTIONS, LeadLateness
from tracker.domain.register import Words
from tracker.i18n import Language, use_language
from tracker.reports.forms import FORMS, draw
from tracker.reports.model import Bar, Bars, Field, Section
from tracker.reports.overdue import overdue_report

HOSTILE = (
    "=HYPERLINK(1)| a `b` <b>*c*_d_ [x](y)",
    "+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    f"a{ESC}[31mđỏ{RLO}ngược\nhai dòng\t\x9b\x00",
    '#read("/etc/passwd") $x$ \\u{1F600} @label // #',
    "</script></title><script>alert(1)</script><img src=x onerror=alert(1)> {{ 7*7 }} {% x %} &amp;",
    "a\r\nATTENDEE:mailto:b@example.org\r\nEND:VEVENT; , \\",
    "\ufffe\uffff _x0041_ ]]> ",
    "dài" * 100,
    "Nghệ thuật ưỡn ẹo ở Đắk Lắk: ký kết, thỏa thuận – Ộ Ỵ Ữ ẵ",
)
VIEWS = tuple(
    late(f"VL-2025-{place:03}", place, title=Words(vi=text), parties=(a_party(f"Bộ {text}"),))
    for place, text in enumerate(HOSTILE, 1)
)
OTHERS = {
    "late_claim": (a_view("VNLAO-2025-100003", days_overdue=3),),
    "due_soon": (a_view("VL-2025-900"), a_view("VL-2025-901", title=VIEWS[7].title)),
}
OFFICE = [form for form in FORMS if form in READERS]


@pytest.fixture(autouse=True, params=["vi", "en"])
def _language(request: pytest.FixtureRequest) -> Iterator[None]:
    chosen: Language = request.param
    use_language(chosen)
    yield
    use_language("en")


def made(form: str, **told: object) -> bytes:
    """A report with all that is hostile, in a form."""
    report = a_report(
        {"overdue": VIEWS, **OTHERS},
        query="tag:x <b> =1",
        late=(LeadLateness(Words(vi=HOSTILE[7]), {"1-30": 2, ">180": 1}), LeadLateness(None, {"31-90": 3})),
        soonest=OTHERS["due_soon"],
    )
    return b"".join(
        piece.encode() if isinstance(piece, str) else piece for piece in draw(form, overdue_report(report), **told)
    )


def expected() -> list[str]:
    report = json.loads(made("json"))
    return [row["ref"] for section in SECTIONS for row in report[section]]


@pytest.mark.parametrize("form", OFFICE)
def test_every_form_has_the_rows_of_the_json_in_their_order(form: str) -> None:
    assert READERS[form](made(form)).refs == expected()


@pytest.mark.parametrize("form", OFFICE)
def test_every_form_says_what_it_is_of_and_closes_with_the_anchor(form: str) -> None:
    read = READERS[form](made(form))
    said = re.sub(r"[\s\u200b]", "", read.text)
    assert "7:" + "ab" * 32 in said
    assert "tag:x<b>=1" in said
    if form != "ics":
        assert "000_71fae73bf112ebc2.txt" in said
        assert str(AS_OF.year) in said
        assert re.search(r"(Total|Tổng(số|cộng)?)5", said)
    for text in ("Nghệ thuật ưỡn ẹo ở Đắk Lắk: ký kết, thỏa thuận – Ộ Ỵ Ữ ẵ", '#read("/etc/passwd")', "</script>"):
        assert re.sub(r"\s", "", text) in said


@pytest.mark.parametrize("form", OFFICE)
def test_the_same_report_gives_the_same_bytes(form: str) -> None:
    assert made(form) == made(form)


@pytest.mark.parametrize("form", OFFICE)
def test_nothing_hostile_is_obeyed(form: str) -> None:
    text = READERS[form](made(form)).text
    assert not set(text) & {ESC, RLO, "\x00", "\x9b", "\ufffe", "\uffff"}
    assert "root:" not in text


def test_a_mail_has_its_addresses_and_what_is_attached_and_no_header_can_be_slipped_in() -> None:
    told = {"to": "a@example.org, Lê Văn B <b@example.org>", "sender": "Phòng Lào <c@example.org>"}
    mail = email.message_from_bytes(made("eml", **told, attach=("docx", "csv")), policy=email.policy.default)
    assert [each.addr_spec for each in mail["To"].addresses] == ["a@example.org", "b@example.org"]
    assert mail["From"].addresses[0].display_name == "Phòng Lào"
    assert mail["Subject"] == overdue_report(a_report()).title
    assert mail["Date"] is None
    names = [f"overdue-{AS_OF}.docx", f"overdue-{AS_OF}.csv"]
    assert [part.get_filename() for part in mail.iter_attachments()] == names
    attached = [part.get_content() for part in mail.iter_attachments()]
    assert READERS["docx"](attached[0]).refs == expected()
    with pytest.raises(ValueError, match="linefeed"):
        made("eml", to="a@example.org\r\nBcc: b@example.org")


def test_a_long_report_is_set_in_parts_under_one_numbering(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.reports.print.ROWS", 5)
    read = READERS["pdf"](made("pdf"))
    assert read.refs == expected()
    last = re.findall(r"(\d+) / (\d+)", read.text)[-1]
    assert last[0] == last[1] != "1"
    assert made("pdf") == made("pdf")


def test_a_long_mail_is_never_held_whole() -> None:
    views = [late(f"VL-2025-{number:06}", 9) for number in range(1, 3_001)]
    tracemalloc.start()
    size = sum(map(len, draw("eml", overdue_report(a_report({"overdue": views})), attach=("csv",))))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < size / 2


def test_days_and_numbers_in_a_workbook_are_days_and_numbers() -> None:
    book = openpyxl.load_workbook(io.BytesIO(made("xlsx")))
    _front, late_ones, *_rest = book.worksheets
    heads = [cell.value for cell in late_ones[1]]
    kinds = {str(head): cell.data_type for head, cell in zip(heads, late_ones[2], strict=True)}
    assert set(kinds.values()) == {"s", "n", "d"}
    assert late_ones.freeze_panes == "C2"
    assert late_ones.auto_filter.ref == f"A1:{late_ones.cell(1, len(heads)).coordinate[:-1]}{len(VIEWS) + 1}"
    assert late_ones.print_title_rows == "$1:$1"
    assert late_ones.page_setup.orientation == "landscape"


def test_a_row_of_the_first_sheet_is_as_high_as_its_words_and_a_number_is_never_too_wide() -> None:
    long = "2,25 tỷ USD theo một nguồn có tên dài hơn chỗ dành cho nó, và còn nói thêm đôi điều"
    chart = Bars("Quá hạn theo cơ quan chủ trì, theo từng mức độ chậm và theo từng quý", (), (Bar("một", (3,), long),))
    view = late("VL-2025-001", 9)
    column = Field("Trị giá", lambda _view: "10 tỷ USD", lambda _view: Decimal(10_000_000_000))
    section = Section("one", "Một", (column, column), [view], lambda _view: {}, 1)
    report = replace(overdue_report(a_report()), charts=(chart,), sections=(section,))
    front, only = openpyxl.load_workbook(io.BytesIO(b"".join(draw("xlsx", report)))).worksheets
    heights = {str(row[0].value): front.row_dimensions[row[0].row].height for row in front.iter_rows()}
    assert heights["một"] >= 3 * 15
    assert heights[chart.title] >= 2 * 15
    number = next(cell for cell in only[2] if cell.data_type == "n")
    assert only.column_dimensions[number.column_letter].width > len("10,000,000,000")


class _Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_page_needs_nothing_else_and_can_be_heard() -> None:
    tags = _Tags(made("html").decode()).tags
    assert {tag for tag, _attributes in tags} & {"script", "img", "link", "iframe", "b"} == set()
    assert not [name for _tag, attributes in tags for name in attributes if name.startswith("on") or name == "src"]
    assert [attributes["href"] for tag, attributes in tags if tag == "a"] == [
        "#rows",
        *(f"#section-{section}" for section in SECTIONS),
    ]
    ids = [attributes["id"] for _tag, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert set(expected()) <= set(ids)
    assert all("scope" in attributes for tag, attributes in tags if tag == "th")
    assert sum(tag == "table" for tag, _attributes in tags) == sum(tag == "caption" for tag, _attributes in tags)
    assert sum(tag == "svg" for tag, _attributes in tags) == 3
