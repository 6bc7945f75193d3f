"""Read the weights of an exported pipeline back into a network, so that training can go on from them.

The files hold 8-bit weights (`training/export.py`); what comes back differs from what was trained by their rounding.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from training.export import write_label, write_window
from training.losses import Numbers
from training.network import Network
from training.train import build

Array = npt.NDArray[np.float32]


def read_network(folder: Path) -> tuple[Network, Numbers]:
    """Return the network whose graphs lie in ``folder``, with its labels; its scorer of pairs starts anew.

    A graph names most weights by numbers. Which is which is seen on a graph of the same network with random weights.

    Raises:
        ValueError: a weight of the network is not among the files.
    """
    layers = json.loads((folder / "labels.json").read_text("utf-8"))
    numbers = {layer: {value: number for number, value in enumerate(values)} for layer, values in layers.items()}
    network = build(numbers)
    for parameter in network.parameters():
        nn.init.normal_(parameter)  # equal weights would be written once
    names: dict[str, Array] = {}
    known: dict[str, Array] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for write, name in ((write_window, "encoder.onnx"), (write_label, "label.onnx")):
            write(network, Path(scratch) / name)
            names |= _weights(Path(scratch) / name)
            known |= _weights(folder / name)
    found: dict[str, Tensor] = {}
    for path, value in network.named_parameters():
        for name, array in names.items():
            if name in known and (weights := _fit(known[name], array, value.detach().numpy())) is not None:
                found[path] = torch.from_numpy(weights)
    missing = [name for name, _ in network.named_parameters() if name not in found and not name.startswith("coref.")]
    if missing:
        raise ValueError(f"{folder}: no weights for {', '.join(missing)}: not written by this training/export.py")
    restored = build(numbers)
    restored.load_state_dict(found, strict=False)
    return restored, numbers


def _fit(stored: Array, drawn: Array, parameter: Array) -> Array | None:
    """Return the stored weights in the shape of a parameter if their twin in the random graph holds that parameter."""
    if not drawn.size == stored.size == parameter.size:
        return None
    if np.array_equal(drawn.reshape(-1), parameter.reshape(-1)):
        return stored.reshape(parameter.shape).copy()
    if drawn.ndim == 2 and np.array_equal(drawn.T, parameter):
        return np.ascontiguousarray(stored.T)
    return None


def _weights(path: Path) -> dict[str, Array]:
    """Return the weights of a graph by name, with 8-bit ones multiplied out."""
    return dict(_multiplied({part.name: numpy_helper.to_array(part) for part in onnx.load(path).graph.initializer}))


def _multiplied(parts: dict[str, npt.NDArray[np.generic]]) -> Iterator[tuple[str, Array]]:
    for name, value in parts.items():
        if name.endswith("_quantized"):
            plain = name.removesuffix("_quantized")
            zero = parts[f"{plain}_zero_point"].astype(np.float32)
            yield plain, (value.astype(np.float32) - zero) * parts[f"{plain}_scale"].astype(np.float32)
        elif value.dtype == np.float32 and not name.endswith(("_scale", "_zero_point")):
            yield name, value
