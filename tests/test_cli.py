"""The command as a person meets it: first run, wrong path, broken input, a folder that cannot be written, Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import clean, main
from kg.pipeline import open_graph

GOOD = "May 5, 2031\n\nPeruvian President Ana Quispe visited Quito on Sunday. Ecuador's minister Luis Vera met her."


def kg(*args: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args])


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    (folder / "visit.txt").write_text(GOOD, encoding="utf-8")
    assert kg("build", folder / "visit.txt", "-o", folder / "out").exit_code == 0
    return folder / "out"


@pytest.mark.model
class TestBuilt:
    def test_build_says_what_to_open(self, built: Path) -> None:
        again = kg("build", built.parent / "visit.txt", "-o", built)
        assert "nothing has changed" in again.output
        assert str(built / "graph.html") in again.output

    def test_query_prints_a_table(self, built: Path) -> None:
        done = kg("query", "SELECT ?place WHERE { :Ana_Quispe kg:visited ?place }", "-o", built)
        assert done.exit_code == 0
        assert ":Quito" in done.output

    def test_query_from_a_file_as_json(self, built: Path, tmp_path: Path) -> None:
        (tmp_path / "q.rq").write_text("SELECT ?place WHERE { ?who kg:visited ?place }", encoding="utf-8")
        done = kg("query", tmp_path / "q.rq", "--format", "json", "-o", built)
        assert json.loads(done.output)["results"]["bindings"]

    def test_explain_shows_the_sentence(self, built: Path) -> None:
        done = kg("explain", "ana quispe", "visited", "-", "-o", built)
        assert done.exit_code == 0
        assert "visited Quito on Sunday" in done.output
        assert "[fact]" in done.output

    def test_explain_of_nothing_is_a_clear_line(self, built: Path) -> None:
        done = kg("explain", "Nobody", "-o", built)
        assert done.exit_code == 1
        assert "nothing in the graph says so" in done.output

    def test_info(self, built: Path) -> None:
        done = kg("info", "-o", built)
        assert done.exit_code == 0
        assert "articles" in done.output and "Ana Quispe" in done.output

    @pytest.mark.parametrize("form", "turtle ntriples rdfxml trig nquads jsonld graphml gexf pyvis html neo4j".split())
    def test_every_export(self, built: Path, form: str, tmp_path: Path) -> None:
        done = kg("export", form, "-o", built, "--to", tmp_path / "x")
        assert done.exit_code == 0
        assert (tmp_path / "x").exists()

    def test_unknown_export(self, built: Path) -> None:
        done = kg("export", "docx", "-o", built)
        assert done.exit_code == 1
        assert "no export format 'docx'" in done.output

    @pytest.mark.parametrize("form", ["graphml", "gexf", "pyvis", "html", "neo4j"])
    def test_a_narrowed_export_leaves_the_others_out(self, built: Path, form: str, tmp_path: Path) -> None:
        whole, part = tmp_path / "whole", tmp_path / "part"
        options = ("--focus", "ana quispe", "--hops", "1", "--limit", "2", "--no-open-predicates")
        assert kg("export", form, "-o", built, "--to", whole).exit_code == 0
        assert kg("export", form, "-o", built, "--to", part, *options).exit_code == 0
        sizes = [sum(f.stat().st_size for f in ([at] if at.is_file() else at.rglob("*"))) for at in (part, whole)]
        assert sizes[0] < sizes[1]

    @pytest.mark.parametrize(
        ("options", "code", "said"),
        [
            (("html", "--focus", "Nobody"), 1, "no entity 'Nobody' in this graph"),
            (("html", "--class", "Persn"), 1, "did you mean Person"),
            (("html", "--since", "2999"), 1, "the filters leave nothing"),
            (("html", "--since", "last week"), 2, "is no date like"),
            (("turtle", "--limit", "3"), 1, "turtle takes no filter"),
        ],
    )
    def test_a_filter_that_cannot_be_is_a_clear_line(
        self, built: Path, options: tuple[str, ...], code: int, said: str
    ) -> None:
        done = kg("export", *options, "-o", built)
        assert done.exit_code == code
        assert said in done.output

    def test_remove_of_an_unknown_article(self, built: Path) -> None:
        done = kg("remove", "nothing", "-o", built)
        assert done.exit_code == 1
        assert "no article 'nothing'" in done.output

    def test_the_rest_is_built(self, tmp_path: Path) -> None:
        """A missing path, an empty file, a binary, a bad line and a doubled id cost one line each, nothing else."""
        folder = tmp_path / "in"
        folder.mkdir()
        (folder / "good.txt").write_text(GOOD, encoding="utf-8")
        (folder / "empty.txt").write_text("", encoding="utf-8")
        (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
        (folder / "latin.txt").write_bytes(
            "Ana Quispe visit\xf3 Quito. She met Jos\xe9 Vera in Lima on Sunday.".encode("latin-1")
        )
        record = json.dumps({"id": "good", "text": "Another text of the same name, about Lima."})
        (folder / "lines.jsonl").write_text(
            '{"id": "x", "text": "Luis Vera left Quito."}\nnot json\n' + record + "\n", encoding="utf-8"
        )
        done = kg("build", folder, tmp_path / "missing.txt", "-o", tmp_path / "out")
        assert done.exit_code == 0
        for words in ("missing.txt", "empty.txt", "picture.txt", "lines.jsonl"):
            assert words in done.output
        assert {a.id for a in open_graph(tmp_path / "out").articles()} == {"good", "latin", "x"}
        assert "Traceback" not in done.output

    def test_strict_stops(self, tmp_path: Path) -> None:
        (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
        done = kg("build", tmp_path / "good.txt", tmp_path / "missing.txt", "--strict", "-o", tmp_path / "out")
        assert done.exit_code == 1

    def test_a_failed_build_leaves_the_old_graph(self, tmp_path: Path) -> None:
        (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
        kg("build", tmp_path / "good.txt", "-o", tmp_path / "out")
        before = (tmp_path / "out" / "claims.jsonl").read_bytes()
        assert kg("build", tmp_path / "nothing.txt", "-o", tmp_path / "out").exit_code == 1
        assert (tmp_path / "out" / "claims.jsonl").read_bytes() == before
        assert kg("info", "-o", tmp_path / "out").exit_code == 0

    def test_ctrl_c_keeps_what_was_there(self, tmp_path: Path) -> None:
        (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
        kg("build", tmp_path / "good.txt", "-o", tmp_path / "out")
        before = (tmp_path / "out" / "claims.jsonl").read_bytes()
        many = tmp_path / "many.jsonl"
        many.write_text(
            "".join(json.dumps({"id": f"n{i}", "text": GOOD * 20}) + "\n" for i in range(400)), encoding="utf-8"
        )
        command = [sys.executable, "-m", "kg", "build", str(many), "--add", "-o", str(tmp_path / "out")]
        running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        records = tmp_path / "out" / "store" / "articles"
        for _ in range(600):
            if len(list(records.glob("*.gz"))) > 2:
                break
            time.sleep(0.1)
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=60)
        assert running.returncode == 130
        assert "Traceback" not in err
        assert (tmp_path / "out" / "claims.jsonl").read_bytes() == before
        assert kg("query", "SELECT ?s WHERE { ?s kg:visited ?o }", "-o", tmp_path / "out").exit_code == 0

    @pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
    def test_a_read_only_output(self, tmp_path: Path) -> None:
        (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
        (tmp_path / "out").mkdir(mode=0o500)
        done = kg("build", tmp_path / "good.txt", "-o", tmp_path / "out")
        assert done.exit_code == 1
        assert "cannot be written" in done.output

    def test_an_output_that_is_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
        (tmp_path / "out").write_text("")
        done = kg("build", tmp_path / "good.txt", "-o", tmp_path / "out")
        assert done.exit_code == 1
        assert "cannot be written" in done.output
        assert "Traceback" not in done.output

    def test_a_pipe_that_closes(self, built: Path) -> None:
        command = f"{sys.executable} -m kg query 'SELECT * WHERE {{ ?s ?p ?o }}' -o {built} | head -1"
        done = subprocess.run(
            ["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, check=False
        )
        assert "Traceback" not in done.stderr


def test_no_input_is_wrong_usage() -> None:
    assert kg("build").exit_code == 2


def test_a_folder_without_articles(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    done = kg("build", tmp_path / "in", "-o", tmp_path / "out")
    assert done.exit_code == 1
    assert "no article could be read" in done.output


@pytest.mark.parametrize(
    "command", [("info",), ("query", "ASK {}"), ("explain", "x"), ("export", "turtle"), ("remove", "x")]
)
def test_a_folder_without_a_graph(tmp_path: Path, command: tuple[str, ...]) -> None:
    done = kg(*command, "-o", tmp_path)
    assert done.exit_code == 1
    assert "holds no graph" in done.output


def test_an_unknown_model(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    done = kg("build", tmp_path / "a.txt", "--model", "en_core_web_none", "-o", tmp_path / "out")
    assert done.exit_code == 1
    assert "en_core_web_none" in done.output and "install" in done.output


def test_an_unknown_key_in_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text("bass = 'x'\n", encoding="utf-8")
    done = kg("build", "--sample", "--config", tmp_path / "kg.toml", "-o", tmp_path / "out")
    assert done.exit_code == 1
    assert "bass" in done.output


def test_nothing_of_a_text_reaches_the_terminal_as_a_command() -> None:
    assert clean("a\x1b[31m\x07\u202eb") == "a [31m  b"
