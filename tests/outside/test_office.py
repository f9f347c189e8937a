"""Reports as the programs of an office show and print them: nothing is missing, and Vietnamese letters are right."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FORMS = ("json", "docx", "xlsx", "html", "pdf")


def run(*words: str | Path, folder: Path, **environment: str) -> str:
    """Run a program that must succeed, in a home of its own; what it printed."""
    env = {**os.environ, "HOME": str(folder), "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'db'}", **environment}
    done = subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The overdue report of the curated commitments, in Vietnamese, in every form that is looked at here."""
    made = tmp_path_factory.mktemp("office")
    tracker = (sys.executable, "-m", "tracker", "--database", made / "register.sqlite", "--lang", "vi")
    run(*tracker, "seed", folder=made)
    asked = ("report", "overdue", "--as-of", "2027-03-01")
    run(*tracker, *asked, "--format", ",".join(FORMS), "-o", made / "report", folder=made)
    return made


def by_office(file: Path, folder: Path) -> Path:
    """LibreOffice prints it."""
    target = folder / f"from-{file.suffix[1:]}"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", target, file, folder=folder)
    return target / f"{file.stem}.pdf"


def by_browser(file: Path, folder: Path) -> Path:
    """Chromium prints it."""
    target = folder / "from-html.pdf"
    switches = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
    run("chromium", *switches, f"--print-to-pdf={target}", file.as_uri(), folder=folder)
    return target


def as_it_is(file: Path, folder: Path) -> Path:
    """It is printed already."""
    assert folder
    return file


@pytest.mark.parametrize(
    ("form", "printed_by"), [("docx", by_office), ("xlsx", by_office), ("html", by_browser), ("pdf", as_it_is)]
)
def test_on_paper_every_row_is_there_with_its_title_and_its_days(
    folder: Path, form: str, printed_by: Callable[[Path, Path], Path]
) -> None:
    report = json.loads((folder / "report.json").read_text())
    rows = [row for name in report["sizes"] for row in report[name]]
    assert len(rows) > 20
    file = printed_by(folder / f"report.{form}", folder)
    text = run("pdftotext", "-raw", file, "-", folder=folder)
    assert re.findall(r"^(?:.*[^\w-])?(VL-\d{4}-\d{3})\b", text, re.MULTILINE)
    said = re.sub(r"[\s\u200b\u00ad]", "", text)
    for row in rows:
        assert row["ref"] in said
        assert re.sub(r"\s", "", row["title"]["vi"]) in said
        assert re.sub(r"\s", "", row["lead"]["name"]["vi"] if row["lead"] else "") in said
    for sentence in ("Báo cáo quá hạn tính đến ngày 01/03/2027", "Quá hạn theo mức độ chậm", report["anchor"]):
        assert re.sub(r"\s", "", sentence) in said


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(("form", "printed_by"), [("docx", by_office), ("html", by_browser), ("pdf", as_it_is)])
def test_a_brief_is_one_page_however_it_is_printed(
    folder: Path, form: str, printed_by: Callable[[Path, Path], Path], lang: str
) -> None:
    tracker = (sys.executable, "-m", "tracker", "--database", folder / "register.sqlite", "--lang", lang)
    asked = ("report", "brief", "Lào", "--as-of", "2026-02-04", "--event", "visit-2026-02-05")
    file = folder / f"brief-{lang}.{form}"
    run(*tracker, *asked, "-o", file, folder=folder)
    pages = run("pdftotext", "-layout", printed_by(file, folder), "-", folder=folder).rstrip("\f\n").split("\f")
    assert len(pages) == 1
    assert "VL-2025-012" in pages[0]


@pytest.mark.parametrize(("form", "printed_by"), [("docx", by_office), ("html", by_browser), ("pdf", as_it_is)])
def test_a_table_that_goes_on_repeats_its_head(
    folder: Path, form: str, printed_by: Callable[[Path, Path], Path]
) -> None:
    file = printed_by(folder / f"report.{form}", folder)
    pages = run("pdftotext", "-layout", file, "-", folder=folder).rstrip("\f\n").split("\f")
    assert len(pages) > 2
    for page in pages[1:]:
        first = re.search(r"VL-\d{4}-\d{3}", page)
        if first:
            assert "Tiến độ" in page[: first.start()]
            assert re.search(r"\d+ ?/ ?\d+\s*$", page)
