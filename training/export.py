"""Write a trained network as the files that the pipeline runs on."""

from __future__ import annotations

import json
import shutil
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from kg.pipeline_en.lemmas import SAME, apply_script, edit_script
from training.network import COREF_SIZE, LABEL_SIZE, Network
from training.passages import Passage
from training.train import Numbers

OPSET = 17
NO_TABLE = frozenset({"NNP", "NNPS", "CD", "FW", "ADD", "GW", "XX", "NFP", "AFX"})


class WindowGraph(nn.Module):
    """One window, not padded: all that depends on the encoder."""

    OUTPUTS = ("tag", "morph", "lemma", "start", "entity", "arc", "label_dependent", "label_head", "coref")

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, pieces: Tensor, piece_words: Tensor, piece_shapes: Tensor, word_shapes: Tensor
    ) -> tuple[Tensor, ...]:
        """Return the outputs in the order of OUTPUTS."""
        network = self.network
        vectors = network.encoder(pieces, piece_shapes, None)
        numbers = torch.arange(word_shapes.shape[1]).view(1, -1, 1)
        pool = (piece_words.unsqueeze(1) == numbers).float()
        pool = pool / pool.sum(-1, keepdim=True)
        words = torch.cat([pool @ vectors, network.shape(word_shapes)], -1)
        return (
            network.tag(words).argmax(-1),
            network.morph(words).argmax(-1),
            network.lemma(words).argmax(-1),
            network.start(words).squeeze(-1),
            network.entity(network.entity_hidden(words)),
            network.arcs(words),
            network.label_dependent(words),
            network.label_head(network.with_root(words)),
            network.coref_vector(words),
        )


def lemma_table(passages: Iterable[Passage]) -> dict[str, str]:
    """Return the scripts of forms with a tag whose lemma the treebanks agree on; names are left to the network."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for passage in passages:
        if passage.lemmas is None or passage.tags is None:
            continue
        for word, tag, script in zip(passage.words, passage.tags, passage.lemmas, strict=True):
            if script and tag not in NO_TABLE:
                lower = word.lower()
                counts[lower, tag][edit_script(lower, apply_script(word, script)) or ""] += 1
    table = {}
    for (form, tag), scripts in sorted(counts.items()):
        script, most = scripts.most_common(1)[0]
        total = sum(scripts.values())
        if script and most > 0.5 * total and (total > 1 or script != SAME):
            table[f"{form} {tag}"] = script
    return table


def export(
    network: Network,
    numbers: Numbers,
    lemmas: dict[str, str],
    tokenizer: Path,
    folder: Path,
    *,
    quantize: bool = True,
) -> None:
    """Write the graphs, the labels and the tokenizer to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    full = folder / "encoder.full.onnx"
    write_window(network, full)
    if quantize:
        # 7-bit weights: on processors without VNNI the products of 8-bit ones overflow in pairs
        quantize_dynamic(
            full,
            folder / "encoder.onnx",
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            op_types_to_quantize=["MatMul", "Gather", "Gemm"],
        )
        full.unlink()
    else:
        full.replace(folder / "encoder.onnx")
    write_label(network, folder / "label.onnx")
    layers = {layer: list(values) for layer, values in numbers.items()}
    (folder / "labels.json").write_text(json.dumps(layers, ensure_ascii=False, indent=0) + "\n", "utf-8")
    (folder / "lemmas.json").write_text(json.dumps(lemmas, ensure_ascii=False, indent=0) + "\n", "utf-8")
    shutil.copyfile(tokenizer, folder / "tokenizer.json")


def write_window(network: Network, path: Path) -> None:
    """Write all that depends on the encoder, with the weights as they are."""
    network.eval()
    _write(
        WindowGraph(network),
        (
            torch.randint(1000, 2000, (1, 9)),
            torch.tensor([[-1, 0, 0, 1, 2, 3, 3, 4, -1]]),
            torch.randint(0, 8, (1, 9)),
            torch.randint(0, 8, (1, 5)),
        ),
        path,
        {
            "pieces": {1: "pieces"},
            "piece_words": {1: "pieces"},
            "piece_shapes": {1: "pieces"},
            "word_shapes": {1: "words"},
        },
        WindowGraph.OUTPUTS,
    )


def write_label(network: Network, path: Path) -> None:
    """Write the scorer of the labels of arcs."""
    network.eval()
    _write(
        network.label,
        (torch.randn(3, LABEL_SIZE), torch.randn(3, LABEL_SIZE)),
        path,
        {"dependents": {0: "words"}, "heads": {0: "words"}},
        ("scores",),
    )


def write_context(context: nn.Module, path: Path) -> None:
    """Write what puts the vectors of mention heads into their context."""
    _write(context, (torch.randn(5, COREF_SIZE),), path, {"vectors": {0: "heads"}}, ("seen",))


def write_coref(scorer: nn.Module, size: int, features: int, path: Path) -> None:
    """Write a scorer of pairs of mention heads that takes vectors of ``size`` and so many features."""
    _write(
        scorer,
        (torch.randn(4, size), torch.tensor([1, 2, 3]), torch.tensor([0, 1, 0]), torch.randn(3, features)),
        path,
        {"vectors": {0: "heads"}, "later": {0: "pairs"}, "earlier": {0: "pairs"}, "features": {0: "pairs"}},
        ("scores",),
    )


def _write(
    module: nn.Module, inputs: tuple[Tensor, ...], path: Path, axes: dict[str, dict[int, str]], outputs: tuple[str, ...]
) -> None:
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module,
            inputs,
            str(path),
            input_names=list(axes),
            output_names=list(outputs),
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )
