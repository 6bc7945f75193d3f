"""Imports point one way: from the command down to the data types."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from kg.pipeline import EXTRACTION

PACKAGE = Path(__file__).parent.parent / "kg"
LAYERS = (
    ("__main__",),
    ("cli",),
    ("pipeline",),
    ("publish",),
    ("engine",),
    ("conflicts",),
    ("serve",),
    ("export",),
    ("records",),
    ("proof", "reason", "validate"),
    ("store",),
    ("lift",),
    ("rdf",),
    ("merge",),
    ("resolve",),
    ("link", "whose", "shortened"),
    ("gazetteer", "places"),
    ("compare",),
    ("extract",),
    ("annotate",),
    ("mentions",),
    ("apart", "bodies", "definites", "offices", "spans"),
    ("mending", "universal"),
    ("syntax",),
    ("pipeline_en",),
    ("clean", "read", "samples"),
    ("furniture", "markup"),
    ("characters", "queries", "sparql"),
    ("config", "lexicon"),
    ("support",),
    ("model",),
    ("errors",),
)
LEVEL = {module: i for i, layer in enumerate(LAYERS) for module in layer}


def imports(path: Path) -> set[str]:
    """The kg modules that a file imports when it is loaded or run, but not those for type checking alone."""
    found = set()
    tree = ast.parse(path.read_text("utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("kg"):
            found |= {node.module} if node.module != "kg" else {f"kg.{a.name}" for a in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.name for a in node.names if a.name.startswith("kg.")}
    return {name.split(".")[1] for name in found if "." in name}


def module_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_downwards(path: Path) -> None:
    module = module_of(path)
    if module == "__init__":
        return
    assert module in LEVEL, f"give {module} a place in LAYERS"
    for other in imports(path) - {module}:
        assert LEVEL[other] > LEVEL[module], f"{module} imports {other}, which is not below it"


def test_importing_kg_loads_no_model() -> None:
    import subprocess
    import sys

    code = (
        "import sys, kg; print(sorted(m for m in ('spacy', 'onnxruntime', 'pyoxigraph', 'rdflib') if m in sys.modules))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"


def test_a_change_of_any_module_of_the_extraction_extracts_anew() -> None:
    code = "import sys, kg.annotate, kg.clean, kg.extract; print(*(m for m in sys.modules if m.startswith('kg.')))"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert {name.split(".")[1] for name in loaded} | {"pipeline_en"} == set(EXTRACTION)
