"""``spacy.load("kg_news")``: spaCy looks for a pipeline by the name of an installed distribution and imports that name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.pipeline_en import load_pipeline

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["load"]


def load(**options: Any) -> Language:
    """Load the English pipeline of kg; the options are those of ``spacy.load``."""
    return load_pipeline(**options)
