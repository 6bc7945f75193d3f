"""Documentation that cannot rot: every command, option and key is told, and the examples run."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import click
import pytest

import kg
from kg.cli import main
from kg.config import Config

ROOT = Path(__file__).parent.parent
DOCS = {path.name: path.read_text("utf-8") for path in sorted((ROOT / "docs").glob("*.md"))}
README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_and_option_is_documented(name: str) -> None:
    assert f"kg {name}" in DOCS["cli.md"]
    for parameter in main.commands[name].params:
        if isinstance(parameter, click.Option):
            assert any(option in DOCS["cli.md"] for option in parameter.opts), parameter.opts


@pytest.mark.parametrize("key", [field.name for field in dataclasses.fields(Config)])
def test_every_configuration_key_is_documented(key: str) -> None:
    assert re.search(rf"^{key} = ", DOCS["cli.md"], re.MULTILINE)


@pytest.mark.parametrize("name", sorted(kg.__all__))
def test_every_public_name_exists_and_is_documented(name: str) -> None:
    assert getattr(kg, name) is not None
    assert f"`{name}" in DOCS["api.md"]


@pytest.mark.model
@pytest.mark.parametrize("block", re.findall(r"```python\n(.*?)```", DOCS["api.md"], re.DOTALL))
def test_the_examples_of_the_api_run(block: str, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(block, "docs/api.md", "exec"), {})
    assert capsys.readouterr().out.strip()


def test_every_link_of_the_readme_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)]+)\)", README):
        if not target.startswith("http"):
            assert (ROOT / target).exists(), target
