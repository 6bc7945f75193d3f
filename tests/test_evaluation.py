"""The measuring scripts, on cases small enough to count by hand."""

from __future__ import annotations

import json

import pytest

from evaluation import carb, gold, plover, reading
from evaluation.common import run, shared_file, table
from kg.errors import InputError
from kg.lexicon import ontology_folder


def triple(relation, first, others, confidence=1.0):
    return carb.Triple(carb.words(relation), carb.words(first), carb.words(others), confidence)


class TestCarb:
    @pytest.mark.parametrize(
        ("wanted", "given", "precision", "recall"),
        [
            (triple("met", "Ali Sow", "Ana"), triple("met", "Ali Sow", "Ana"), 1.0, 1.0),
            (triple("met with", "Ali Sow", "Ana"), triple("met", "Sow", "Ana"), 1.0, 3 / 5),
            (triple("met", "Sow", "Ana"), triple("has met", "Ali Sow", "Ana Ruiz"), 3 / 6, 1.0),
            (triple("met", "Sow", "Ana"), triple("saw", "Sow", "Ana"), 0.0, 0.0),
            (triple("met", "Sow", "Ana"), triple("met", "Sow", ""), 0.0, 0.0),
            (triple("left", "Sow", ""), triple("left", "Sow", "Lima"), 1.0, 1.0),
            (triple("is", "Sow", "mayor"), triple("be", "Sow", "mayor"), 1.0, 1.0),
            (triple("is", "Sow", "mayor"), triple("became", "Sow", "mayor"), 0.0, 0.0),
            (triple("said", "Sow", "rain fell"), triple("said", "rain fell", "Sow"), 1.0, 1.0),
            (triple("saw", "Sow", "rain"), triple("saw", "rain", "Sow"), 1 / 3, 1 / 3),
            (triple("met met", "Sow", "Ana"), triple("met", "Sow", "Ana"), 1.0, 3 / 4),
        ],
    )
    def test_match(self, wanted, given, precision, recall):
        found = carb.match(wanted, given)
        assert (found.precision, found.recall) == (pytest.approx(precision), pytest.approx(recall))

    def test_precision_is_one_to_one(self):
        good, fair, none = carb.Match(1.0, 1.0), carb.Match(0.5, 0.5), carb.NO_MATCH
        assert carb.precision_matches([[good, fair]]) == 1.0
        assert carb.precision_matches([[good, fair], [good, none]]) == 1.0 + 0.0
        assert carb.precision_matches([[fair, good], [none, fair]]) == 1.0
        assert carb.precision_matches([]) == 0.0

    def test_recall_may_use_a_prediction_twice(self):
        wanted = {"s": [triple("met", "Sow", "Ana"), triple("met", "Sow", "Ana")]}
        (point,) = carb.curve(wanted, {"s": [triple("met", "Sow", "Ana", 0.8)]})
        assert (point.precision, point.recall, point.f1) == (1.0, 1.0, 1.0)

    def test_the_best_threshold_leaves_bad_predictions_out(self):
        wanted = {"s": [triple("met", "Sow", "Ana")], "t": [triple("left", "Ana", "Lima")]}
        given = {"s": [triple("met", "Sow", "Ana", 0.9), triple("saw", "Bo", "Di", 0.2)]}
        points = carb.curve(wanted, given)
        assert [p.threshold for p in points] == [0.2, 0.9]
        found = carb.best(points)
        assert (found.threshold, found.precision, found.recall) == (0.9, 1.0, 0.5)

    def test_no_prediction_at_all(self):
        assert carb.best(carb.curve({"s": [triple("met", "Sow", "Ana")]}, {})).f1 == 0.0

    def test_a_gold_line_without_argument_is_named(self, tmp_path):
        path = tmp_path / "dev.tsv"
        path.write_text("A b .\tb\tA\nA b .\tb\n", encoding="utf-8")
        with pytest.raises(InputError) as caught:
            carb.read_gold(path)
        assert caught.value.where == f"{path}:2"

    def test_the_report_counts_causes(self):
        wanted = {"s": [triple("met", "Sow", "Ana")], "t": [triple("left", "Ana", "Lima")]}
        text = carb.report(wanted, {"s": [triple("met", "Sow", "Ana", 0.9)]}, 5)
        assert "no claim in the sentence" in text and "left" in text


class TestPlover:
    @pytest.mark.parametrize(
        ("name", "actor", "same"),
        [
            ("Ali Sow", "Kenyan Defence Minister Ali Sow", True),
            ("the U.N.", "UN", True),
            ("Kenya's envoys", "envoys of Kenya", True),
            ("Ali Sow", "Ana Sow", False),
            ("the", "of", False),
            ("", "Kenya", False),
        ],
    )
    def test_actors(self, name, actor, same):
        assert plover.names_actor([plover.content_words(name)], [actor]) is same

    def test_groups_come_from_the_class_or_above(self, knowledge):
        groups = plover.groups_by_class(knowledge)
        assert groups["Meeting"] == groups["Consult"] == "CONSULT"
        assert "Disaster" not in groups

    def case(self, **changed):
        fields = {"text": "x", "date": "", "group": "ASSAULT", "sources": ("Chad",), "targets": ("Niger",)}
        return plover.Case(**{**fields, **changed})

    def reading(self, group, source, target):
        return plover.Reading(group, (plover.content_words(source),), (plover.content_words(target),))

    def test_actors_of_another_event_do_not_count_as_inside(self):
        found = [self.reading("ASSAULT", "rebels", "Niger"), self.reading("CONSULT", "Chad", "Kenya")]
        verdict = plover.judge(self.case(), found)
        assert (verdict.group, verdict.source, verdict.target) == (True, True, True)
        assert (verdict.source_inside, verdict.target_inside) == (False, True)

    def test_a_missing_gold_actor_is_not_judged(self):
        verdict = plover.judge(self.case(targets=()), [self.reading("ASSAULT", "Chad", "Niger")])
        assert verdict.target is None and verdict.target_inside is None

    def test_a_wrong_file_is_named(self, tmp_path):
        path = tmp_path / "gsr.json"
        path.write_text('[{"text": "x"}]', encoding="utf-8")
        with pytest.raises(InputError) as caught:
            plover.read_cases(path)
        assert caught.value.where == str(path)


class Scorer:
    """The parts of the shared scorer that judging asks for, with plain equality."""

    @staticmethod
    def local(predicate):
        return predicate

    @staticmethod
    def sides(claim, which):
        return [claim[which]]

    @staticmethod
    def label_matches(labels, wanted):
        return bool(set(labels) & set(wanted))

    def hits(self, fact, claims, any_status=False):
        for c in claims:
            same = c["predicate"] in fact["predicate"] and c["subject"] in fact["subject"]
            if same and c["object"] in fact["object"] and (any_status or c["status"] in fact["status"]):
                return c
        return None


FACTS = {
    "facts": [{"predicate": ["met"], "subject": ["Sow"], "object": ["Ana"], "status": "asserted"}],
    "must_not_assert": [{"predicate": ["won"], "subject": ["Sow"], "object": ["cup"], "status": ""}],
}


class TestGold:
    @pytest.mark.parametrize(
        ("subject", "predicate", "object_", "status", "expected"),
        [
            ("Sow", "met", "Ana", "asserted", [(True, False)]),
            ("Sow", "met", "Ana", "planned", [(False, False)]),
            ("Sow", "met", "Bo", "asserted", [(False, True)]),
            ("Di", "met", "Bo", "asserted", []),
            ("Sow", "saw", "Ana", "asserted", []),
            ("Sow", "won", "cup", "asserted", [(False, False)]),
        ],
    )
    def test_judge(self, subject, predicate, object_, status, expected):
        claim = {"subject": subject, "predicate": predicate, "object": object_, "status": status, "confidence": 0.8}
        assert [(j.right, j.guess) for j in gold.judge(FACTS, [claim], Scorer())] == expected

    def test_the_table_has_both_bounds(self):
        judged = [gold.Judged(0.82, True), gold.Judged(0.81, False), gold.Judged(0.84, False, True)]
        row = gold.reliability(judged).splitlines()[2]
        assert row.split() == ["0.80", "-", "0.85", "0.82", "1", "1", "1", "50.0%", "33.3%"]

    def test_a_line_that_is_no_claim_is_named(self, tmp_path):
        path = tmp_path / "claims.jsonl"
        path.write_text(json.dumps({"article": "a"}) + "\nnonsense\n", encoding="utf-8")
        with pytest.raises(InputError) as caught:
            gold.read_claims(path)
        assert caught.value.where == f"{path}:2"

    def test_no_file(self, tmp_path):
        with pytest.raises(InputError) as caught:
            gold.read_claims(tmp_path / "claims.jsonl")
        assert "kg build" in caught.value.hint


class TestCommon:
    def test_a_missing_shared_folder_is_one_line(self, tmp_path, capsys):
        with pytest.raises(SystemExit) as stopped:
            run(lambda: carb.main(["--shared", str(tmp_path)]))
        assert stopped.value.code == 2
        assert capsys.readouterr().err.count("\n") == 1

    def test_shared_file_names_the_option(self, tmp_path):
        with pytest.raises(InputError) as caught:
            shared_file(tmp_path, "gold")
        assert "--shared" in caught.value.hint

    def test_table(self):
        assert table(("a", "n"), [("x", 1), ("long", 22)]) == "a     n\n----  --\nx      1\nlong  22"


class TestReading:
    def test_the_weights_that_ship_are_those_of_the_verdicts(self):
        verdicts = reading.read_verdicts(reading.VERDICTS)
        made = "".join(f"{line}\n" for line in reading.weights_table(verdicts))
        assert made == (ontology_folder() / "lexicon" / "confidence.tsv").read_text(encoding="utf-8")

    def test_confidences_of_unseen_claims_are_worth_more_than_the_mean(self):
        verdicts = reading.read_verdicts(reading.VERDICTS)
        judged = reading.unseen(verdicts)
        mean = sum(right for _, right in judged) / len(judged)
        assert sum((c - r) ** 2 for c, r in judged) < sum((mean - r) ** 2 for _, r in judged)
        # of the claims given 0.8 about 80 % are right
        inside = [(c, right) for c, right in judged if 0.7 <= c < 0.9]
        promised = sum(c for c, _ in inside) / len(inside)
        assert sum(right for _, right in inside) / len(inside) == pytest.approx(promised, abs=0.08)

    def test_a_clue_that_tells_gets_weight_and_one_that_does_not_gets_none(self):
        verdicts = [
            reading.Verdict(str(i), right, clues={"tells": float(right), "idle": float(i % 2)})
            for i in range(40)
            for right in (True, False)
        ]
        weights = reading.fit(verdicts)
        assert weights["tells"] > 1 > abs(weights["idle"])
        assert reading.ranking(reading.unseen(verdicts)) > 0.95

    @pytest.mark.parametrize(("right", "of"), [(0, 0), (0, 5), (5, 5), (81, 100), (1, 1000)])
    def test_an_interval_holds_its_share(self, right, of):
        low, high = reading.interval(right, of)
        share = right / of if of else 0.5
        assert -1e-9 <= low <= share + 1e-9 and share - 1e-9 <= high <= 1 + 1e-9

    def test_drawn_and_judged(self, tmp_path, capsys):
        claims = tmp_path / "claims.jsonl"
        row = {
            "subject_type": "Person",
            "object_type": None,
            "datatype": "string",
            "extractor": "events",
            "article": "a",
        }
        row |= {"subject": "Sow", "predicate": "met", "object": "Ana", "start": 3, "confidence": 0.81}
        row |= {"subject_text": "Sow", "predicate_text": "met", "object_text": "Ana", "sentence": "Sow\nmet Ana."}
        rows = [row | {"id": f"c{i}", "status": "denied" if i == 7 else "asserted"} for i in range(9)]
        claims.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
        reading.main(["draw", str(claims), str(tmp_path / "sheet.tsv"), "--size", "20"])
        told = (tmp_path / "sheet.tsv").read_text(encoding="utf-8")
        assert told.count("Sow met Ana.") == 8 and "c7" not in told
        verdicts = tmp_path / "verdicts.tsv"
        verdicts.write_text("c0\tright\t\nc1\twrong\tobject\nc2\tright\t\nc99\tright\t\n", encoding="utf-8")
        reading.main(["score", str(claims), str(verdicts)])
        shown = capsys.readouterr().out
        assert "66.7%" in shown and "confidence from 0.8" in shown and "wrong by cause: object 1" in shown

    def test_a_line_that_is_no_verdict_is_named(self, tmp_path):
        path = tmp_path / "verdicts.tsv"
        path.write_text("c0\tright\nc1\tmaybe\n", encoding="utf-8")
        with pytest.raises(InputError, match=r"maybe.*"):
            reading.read_verdicts(path)
