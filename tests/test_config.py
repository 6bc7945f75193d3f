"""Settings: what a kg.toml may say, and that what it may not say is told with the place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.config import Config, load_config, recall_config
from kg.errors import ConfigError


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_config() == Config()


def test_a_kg_toml_in_the_current_folder_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kg.toml").write_text('workers = 3\nbase = "https://news.example/#"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert load_config() == Config(workers=3, base="https://news.example/#")


def test_paths_are_relative_to_the_file_that_names_them(tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text('ontology = "words"\n', encoding="utf-8")
    assert load_config(tmp_path / "my.toml").ontology_folder == tmp_path / "words"


@pytest.mark.parametrize("text", ['gazetteer = "a.csv"\n', 'gazetteer = ["a.csv"]\n'])
def test_a_gazetteer_may_be_one_or_several(tmp_path: Path, text: str) -> None:
    (tmp_path / "my.toml").write_text(text, encoding="utf-8")
    assert load_config(tmp_path / "my.toml").gazetteer == (str(tmp_path / "a.csv"),)


def test_a_graph_remembers_what_it_was_built_with(tmp_path: Path) -> None:
    config = Config(base="https://news.example/#", decisions="/d.tsv", gazetteer=("/a.csv", "/b.ttl"), workers=1)
    (tmp_path / "settings.json").write_text(json.dumps(config.remembered()), encoding="utf-8")
    assert recall_config(tmp_path / "settings.json") == config
    assert recall_config(tmp_path / "none.json") == Config()
    (tmp_path / "settings.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(ConfigError, match="damaged"):
        recall_config(tmp_path / "settings.json")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("gazetteer = 3", "gazetteer must be a text in quotes or a list of such"),
        ("gazetteer = [3]", "gazetteer must be a text in quotes or a list of such"),
        ("worker = 2", "did you mean 'workers'"),
        ("zzz = 2", "known keys: base"),
        ('workers = "2"', "workers must be a whole number"),
        ("workers = true", "workers must be a whole number"),
        ("workers = -1", "workers is -1"),
        ("model = 3", "model must be a text in quotes"),
        ('base = "https://example.org/kg"', "ends in / or #"),
        ('base = "https://example.org/a b/"', "is no IRI"),
        ('base = ""', "is no IRI"),
        ("workers = ", "not valid TOML"),
    ],
)
def test_mistakes_name_the_file_and_the_way_out(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "kg.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert says in str(caught.value) and str(path) in str(caught.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(tmp_path / "none.toml")
