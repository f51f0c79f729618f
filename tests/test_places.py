"""What this computer remembers for all who sign in at it: no record, no name."""

import json
import os

import platformdirs
import pytest

from caseapp import places
from ui import app


@pytest.fixture
def config(tmp_path, monkeypatch):
    monkeypatch.setattr(places, "settings_folder", lambda: tmp_path / "config")
    return tmp_path / "config"


@pytest.mark.parametrize("said", [None, "", "/elsewhere", "not/absolute"])
def test_the_settings_lie_where_the_platform_keeps_them(monkeypatch, said):
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    if said is not None:
        monkeypatch.setenv("XDG_CONFIG_HOME", said)

    assert places.settings_folder() == platformdirs.user_config_path("caseapp", appauthor=False)


def test_everything_is_shown_at_its_usual_size_until_another_is_kept(config):
    assert places.size_percent() == 100

    assert places.keep_size(150)

    assert places.size_percent() == 150
    assert json.loads((config / "looks.json").read_text(encoding="utf-8")) == {"size_percent": 150}


@pytest.mark.parametrize(("kept", "taken"), [(None, None), (100, None), (150, "1.5"), (200, "2.0")])
def test_the_next_start_takes_the_size_that_was_kept(config, monkeypatch, kept, taken):
    monkeypatch.setenv("QT_SCALE_FACTOR", "9")  # so that it is put back afterwards
    monkeypatch.delenv("QT_SCALE_FACTOR")
    if kept:
        places.keep_size(kept)

    app.take_size()

    assert os.environ.get("QT_SCALE_FACTOR") == taken


@pytest.mark.parametrize("found", ["", "{", "[]", '{"size_percent": 5000}', '{"size_percent": "x"}', "\x00"])
def test_a_size_file_that_makes_no_sense_is_no_size(config, found):
    config.mkdir()
    (config / "looks.json").write_text(found, encoding="utf-8")

    assert places.size_percent() == 100


def test_a_size_that_cannot_be_kept_is_told(config):
    config.write_text("a file where the folder should be", encoding="utf-8")

    assert not places.keep_size(150)
    assert places.size_percent() == 100


def test_the_stores_that_an_earlier_version_remembered_are_offered_until_the_next_is_opened(config, tmp_path):
    stores = [tmp_path / name for name in ("a.caseapp", "b.caseapp", "gone.caseapp")]
    for each in stores[:2]:
        each.touch()
    config.mkdir()
    (config / "recent.json").write_text(json.dumps([*map(str, stores), 5]), encoding="utf-8")

    assert places.recent_stores() == stores[:2]
    places.remember_store(stores[1])

    assert places.recent_stores() == [stores[1], stores[0]]
    assert sorted(each.name for each in config.iterdir()) == ["recent.txt"]


@pytest.mark.parametrize("found", ["", "{", "{}", "\x00", "5"])
def test_a_list_of_an_earlier_version_that_makes_no_sense_is_none(config, found):
    config.mkdir()
    (config / "recent.json").write_text(found, encoding="utf-8")

    assert places.recent_stores() == []
