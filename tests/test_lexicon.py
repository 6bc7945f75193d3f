"""The ontology and the lexica: that what ships is whole, and that mistakes in a file are named with file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.lexicon import ROLES, load_knowledge, ontology_folder


@pytest.fixture
def folder(tmp_path) -> Path:
    """A copy of the ontology that a test may change."""
    copy = tmp_path / "ontology"
    shutil.copytree(ontology_folder(), copy)
    return copy


def append(path: Path, *lines: str) -> int:
    """Add lines to a file; the number of the last one."""
    text = path.read_text(encoding="utf-8").rstrip("\n") + "\n" + "\n".join(lines) + "\n"
    path.write_text(text, encoding="utf-8")
    return len(text.splitlines())


class TestWhatShips:
    def test_every_event_class_gives_known_properties(self, knowledge):
        unknown = {(c, p) for c, gives in knowledge.gives.items() for p in gives if p not in knowledge.properties}
        assert not unknown

    def test_every_property_an_event_gives_can_be_filled(self, knowledge):
        """Some trigger of the class (or of a class below it) fills the roles that the property stands between."""
        roles: dict[str, set[str]] = {}
        for rows in knowledge.triggers.values():
            for row in rows:
                roles.setdefault(row.target, set()).update(role for _, role in row.frame)
        dead = []
        for cls, gives in knowledge.gives.items():
            for name in gives:
                found = knowledge.properties[name]
                wanted = {found.subject_role or "agent", found.object_role or "patient"} - {"time"}
                if cls in roles and not wanted <= roles[cls] and not found.symmetric:
                    dead.append((cls, name, sorted(wanted - roles[cls])))
        assert not dead

    def test_roles_are_known(self, knowledge):
        for found in knowledge.properties.values():
            assert {found.subject_role, found.object_role} <= ROLES | {""}, found.name

    def test_every_trigger_has_an_example_sentence(self):
        for path in sorted((ontology_folder() / "lexicon").glob("triggers*.tsv")):
            rows = [line for line in path.read_text(encoding="utf-8").splitlines()[1:] if not line.startswith("#")]
            assert not [row for row in rows if row.strip() and not row.split("\t")[-1].strip().endswith((".", "?"))]

    @pytest.mark.parametrize(
        ("cls", "ancestor", "yes"),
        [
            ("Meeting", "Event", True),
            ("Meeting", "Consult", True),
            ("Person", "Agent", True),
            ("Person", "Event", False),
            ("City", "Place", True),
            ("Nonsense", "Event", False),
            ("Nonsense", "Nonsense", True),
        ],
    )
    def test_is_a(self, knowledge, cls, ancestor, yes):
        assert knowledge.is_a(cls, ancestor) is yes

    @pytest.mark.parametrize(
        ("word", "state"), [("kenyan", "Kenya"), ("british", "United Kingdom"), ("russian", "Russia")]
    )
    def test_adjectives(self, knowledge, word, state):
        assert knowledge.by_adjective[word].name == state

    @pytest.mark.parametrize(("word", "state"), [("usa", "United States"), ("uk", "United Kingdom"), ("chad", "Chad")])
    def test_names(self, knowledge, word, state):
        assert knowledge.by_country_name[word].name == state

    @pytest.mark.parametrize(("name", "symmetric"), [("metWith", True), ("visited", False), ("nonsense", False)])
    def test_symmetry(self, knowledge, name, symmetric):
        assert knowledge.is_symmetric(name) is symmetric

    def test_labels_fall_back_to_the_name(self, knowledge):
        assert knowledge.label("metWith") == "met with"
        assert knowledge.label("neverHeardOf") == "neverHeardOf"


class TestReloading:
    def test_the_fingerprint_follows_the_content(self, folder):
        before = load_knowledge(folder).fingerprint
        load_knowledge.cache_clear()
        assert load_knowledge(folder).fingerprint == before
        append(folder / "lexicon" / "nouns.tsv", "gondola\tVehicle")
        load_knowledge.cache_clear()
        assert load_knowledge(folder).fingerprint != before

    def test_comments_and_blank_lines_are_no_rows(self, folder):
        append(folder / "lexicon" / "nouns.tsv", "", "# a comment", "gondola\tVehicle")
        assert load_knowledge(folder).nouns["gondola"] == "Vehicle"


class TestRows:
    def write(self, folder, *lines):
        (folder / "lexicon" / "triggers_mine.tsv").write_text("\n".join(lines), encoding="utf-8")

    def test_a_slash_sets_alternatives_and_a_noun_ends_with_its_head(self, folder):
        self.write(
            folder,
            "trigger\tpos\tclass\tframe\texample",
            "wax/oil hull/deck\tVERB\tRepair\tsubj=agent word=theme\tThe crew waxed the hull.",
            "hull wax/polish\tNOUN\tRepair\tby=agent\tThe hull wax lasted.",
        )
        found = load_knowledge(folder).triggers
        assert [t.words for t in found["oil", "VERB"]] == [("oil", "hull"), ("oil", "deck")]
        assert ("polish", "hull") in {t.words for t in found["polish", "NOUN"]}
        assert ("hull", "NOUN") not in found

    def test_a_required_slot_is_known_without_its_mark(self, folder):
        self.write(
            folder,
            "trigger\tpos\tclass\tframe\texample",
            "lob\tVERB\tAttack\tsubj=agent at!=patient\tThey lobbed stones at the gate.",
        )
        (row,) = (t for t in load_knowledge(folder).triggers["lob", "VERB"] if len(t.words) == 1)
        assert row.required == ("at",)
        assert row.frame == (("subj", "agent"), ("at", "patient"))


class TestMistakes:
    @pytest.mark.parametrize(
        ("file", "line", "part"),
        [
            ("triggers_mine.tsv", "graft\tVERB\t=graftedOnto\tsubj=subject\tX.", "unknown property 'graftedOnto'"),
            ("triggers_mine.tsv", "graft\tVERB\tGrafting\tsubj=agent\tX.", "unknown event class 'Grafting'"),
            ("triggers_mine.tsv", "graft\tVERB\tMeeting\tsubj=grafter\tX.", "'subj=grafter' is not slot=role"),
            ("triggers_mine.tsv", "graft\tVERB\tMeeting\tsubj\tX.", "'subj' is not slot=role"),
            ("triggers_mine.tsv", "graft\tverb\tMeeting\tsubj=agent\tX.", "pos of VERB, NOUN or ADJ"),
            ("triggers_mine.tsv", "\tVERB\tMeeting\tsubj=agent\tX.", "needs words"),
            ("triggers_mine.tsv", "a\tVERB\tMeeting\tsubj=agent\tX.\tmore\tyet more", "cells where the header has"),
            ("nouns.tsv", "gondola\tWaterThing", "unknown class 'WaterThing'"),
            ("org_suffixes.tsv", "Regatta\tWaterThing", "unknown class 'WaterThing'"),
        ],
    )
    def test_a_wrong_row_is_named_with_file_and_line(self, folder, file, line, part):
        path = folder / "lexicon" / file
        if not path.exists():
            path.write_text("trigger\tpos\tclass\tframe\texample\n", encoding="utf-8")
        number = append(path, line)
        with pytest.raises(OntologyError) as caught:
            load_knowledge(folder)
        assert part in caught.value.what
        assert caught.value.where == f"{path}:{number}"

    def test_wrong_turtle_is_named_with_file_and_line(self, folder):
        path = folder / "kg.ttl"
        number = append(path, "kg:broken a owl:Class ;;; <")
        with pytest.raises(OntologyError) as caught:
            load_knowledge(folder)
        assert str(path) in caught.value.where
        assert str(number) in caught.value.where.rpartition(":")[2]

    def test_a_missing_file_is_named(self, folder):
        (folder / "lexicon" / "kin.tsv").unlink()
        with pytest.raises(OntologyError) as caught:
            load_knowledge(folder)
        assert caught.value.where.endswith("kin.tsv")

    def test_a_folder_without_ontology(self, tmp_path):
        with pytest.raises(OntologyError) as caught:
            load_knowledge(tmp_path)
        assert caught.value.where == str(tmp_path) and caught.value.hint
