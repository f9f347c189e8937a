"""Settings: options beat the environment, which beats the file, which beats the defaults."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tracker.errors import BadOption, FileProblem, FileRefused, UnknownValue
from tracker.render import error
from tracker.settings import SettingsFile, chosen_language, load_settings, settings_file

Write = Callable[[str], Path]


@pytest.fixture
def write() -> Write:
    """Write settings.toml where it is looked for."""

    def written(text: str) -> Path:
        file = settings_file()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    return written


def test_nothing_has_to_be_configured(home: Path) -> None:
    settings = load_settings()
    assert settings.database_is_default
    assert settings.database.startswith(f"sqlite:///{home}")
    assert (settings.home, settings.zone, settings.soon_days) == ("VN", "Asia/Ho_Chi_Minh", 30)
    assert settings.actor
    assert settings.language == "en"
    assert settings.today().year > 2024


def test_each_place_beats_the_next(write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    write('database = "/file.sqlite"\nactor = "Tệp"\nlanguage = "vi"')
    assert (load_settings().database, load_settings().actor) == ("sqlite:////file.sqlite", "Tệp")
    assert not load_settings().database_is_default
    monkeypatch.setenv("TRACKER_DATABASE", "/environment.sqlite")
    monkeypatch.setenv("TRACKER_ACTOR", "Môi trường")
    monkeypatch.setenv("TRACKER_LANG", "en")
    settings = load_settings()
    assert (settings.database, settings.actor, settings.language) == (
        "sqlite:////environment.sqlite",
        "Môi trường",
        "en",
    )
    monkeypatch.chdir(tmp_path)
    settings = load_settings(database="a b?.sqlite", actor="Tùy chọn", language="vi")
    assert settings.database == f"sqlite:///{tmp_path}/a b%3F.sqlite"
    assert (settings.actor, settings.language) == ("Tùy chọn", "vi")
    assert load_settings(database="postgresql://host/db").database == "postgresql://host/db"


def test_a_database_in_the_file_is_found_from_its_folder(write: Write) -> None:
    file = write('database = "beside.sqlite"')
    assert load_settings().database == f"sqlite:///{file.parent}/beside.sqlite"


@pytest.mark.parametrize(
    ("name", "value", "language"),
    [("LANG", "vi_VN.UTF-8", "vi"), ("LC_ALL", "vi", "vi"), ("LANG", "fr_FR.UTF-8", "en"), ("LC_ALL", "C", "en")],
)
def test_the_locale_chooses_the_language(monkeypatch: pytest.MonkeyPatch, name: str, value: str, language: str) -> None:
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    monkeypatch.setenv(name, value)
    assert load_settings().language == language


def test_house_rules(write: Write) -> None:
    write('home = "vn-mofa"\nzone = "Europe/Berlin"\nsoon_days = 45\n[review]\nsoon = 60')
    settings = load_settings()
    assert (settings.home, settings.zone, settings.soon_days) == ("vn-mofa", "Europe/Berlin", 45)
    assert (settings.review.soon, settings.review.coming) == (60, 180)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colour = 1", "colour: there is no such key"),
        ('zone = "Moon/Base"', "zone: there is no such time zone"),
        ('zone = "../../etc"', "zone: there is no such time zone"),
        ('home = "Viet Nam"', "home: it must be a country"),
        ('language = "fr"', 'language: it must be "vi" or "en"'),
        ("soon_days = -1", "soon_days: it must be a whole number of days"),
        ("soon_days = true", "soon_days: it must be a whole number of days"),
        ("[review]\nlate = 3", "review.late: there is no such key"),
        ("[review]\nsoon = 1.5", "review.soon: it must be a whole number"),
        ("review = 3", "review: it must be a table"),
        ("actor = ''", "actor: it must be a name"),
        ("a = ", "it is not TOML"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_with_its_reason(write: Write, text: str, said: str) -> None:
    file = write(text)
    with pytest.raises(FileRefused) as refused:
        load_settings()
    assert str(file) in error(refused.value)
    assert said in error(refused.value)


def test_all_problems_are_named_at_once(write: Write) -> None:
    write("a = 1\nb = 2\nsoon_days = 'x'")
    with pytest.raises(FileRefused) as refused:
        load_settings()
    assert [problem.key for problem in refused.value.problems] == ["a", "b", "soon_days"]


def test_a_file_that_is_no_text(write: Write) -> None:
    write("").write_bytes(b"\xff\xfe")
    with pytest.raises(FileProblem):
        load_settings()


def test_the_home_of_nobody_is_refused_wherever_it_is_named(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    place = "~nosuchuser/x.db"
    with pytest.raises(BadOption) as refused:
        load_settings(database=place)
    assert error(refused.value) == f"--database: the folder of {place} cannot be found."
    monkeypatch.setenv("TRACKER_DATABASE", place)
    with pytest.raises(BadOption) as refused:
        load_settings()
    assert "TRACKER_DATABASE" in error(refused.value)
    monkeypatch.delenv("TRACKER_DATABASE")
    write(f'database = "{place}"')
    with pytest.raises(FileRefused) as unfit:
        load_settings()
    assert f"database: there is no home folder for {place}" in error(unfit.value)


def test_the_file_is_read_once_for_help_and_settings(write: Write) -> None:
    write('language = "vi"\nactor = "Lan"')
    file = SettingsFile()
    assert chosen_language(None, file) == "vi"
    write('language = "en"')
    assert load_settings(file=file).actor == "Lan"


def test_options_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnknownValue):
        load_settings(language="fr")
    with pytest.raises(BadOption):
        load_settings(database=" ")
    with pytest.raises(BadOption):
        load_settings(actor="")
    monkeypatch.setenv("TRACKER_LANG", "fr")
    with pytest.raises(UnknownValue):
        load_settings()
    monkeypatch.setenv("TRACKER_LANG", "")
    assert load_settings().language == "en"
