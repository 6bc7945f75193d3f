"""The English pipeline: a spaCy pipeline with Universal Dependencies, entities and coreference.

>>> nlp = load_pipeline()  # doctest: +SKIP
>>> doc = nlp("Kim Jong Un met the Russian defense minister. He showed him a missile.")  # doctest: +SKIP
>>> doc._.coref_chains  # doctest: +SKIP
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language

ANNOTATION_SCHEME = "ud"
MODEL_FOLDER = Path(__file__).parent / "model"

__all__ = ["ANNOTATION_SCHEME", "MODEL_FOLDER", "load_pipeline"]


def load_pipeline(folder: Path = MODEL_FOLDER, **options: Any) -> Language:
    """Load the pipeline that comes with the package, or one trained alike from another folder."""
    import spacy

    import kg.pipeline_en.component  # noqa: F401  (registers the component)

    return spacy.load(folder, **options)
