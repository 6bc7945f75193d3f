"""The files of the network, in a folder or in memory."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import onnxruntime

FILES = ("encoder.onnx", "label.onnx", "context.onnx", "coref.onnx", "labels.json", "lemmas.json", "tokenizer.json")


def read_file(files: Path | Mapping[str, bytes], name: str) -> bytes:
    """Return a model file from a folder or from memory."""
    return (files / name).read_bytes() if isinstance(files, Path) else files[name]


def open_graph(files: Path | Mapping[str, bytes], name: str) -> onnxruntime.InferenceSession:
    """Open a graph to run on one core."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    source = str(files / name) if isinstance(files, Path) else files[name]
    # the fused kernel takes six times as long as adding and normalizing one after the other
    slow = ["SkipLayerNormFusion"]
    return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"], disabled_optimizers=slow)
