"""From news articles to a knowledge graph you can trust.

>>> import kg
>>> report = kg.build(kg.sample_paths(), "output")  # doctest: +SKIP
>>> graph = kg.open("output")  # doctest: +SKIP
>>> graph.explain("Sergei Shoigu", "visited")  # doctest: +SKIP

Importing loads no model: names are resolved when first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.annotate import annotate_articles, load_pipeline
    from kg.clean import clean_article
    from kg.config import Config, load_config
    from kg.errors import KgError
    from kg.extract import extract_claims
    from kg.lexicon import Knowledge, load_knowledge
    from kg.model import Article, BuildReport, Claim, Entity, Extraction, Mention, ResolvedClaim
    from kg.pipeline import KnowledgeGraph, build, remove, validate_files
    from kg.pipeline import open_graph as open
    from kg.read import read_articles
    from kg.resolve import resolve_entities
    from kg.samples import sample_paths

_HOMES = {
    "kg.annotate": ("annotate_articles", "load_pipeline"),
    "kg.clean": ("clean_article",),
    "kg.config": ("Config", "load_config"),
    "kg.errors": ("KgError",),
    "kg.extract": ("extract_claims",),
    "kg.lexicon": ("Knowledge", "load_knowledge"),
    "kg.model": ("Article", "BuildReport", "Claim", "Entity", "Extraction", "Mention", "ResolvedClaim"),
    "kg.pipeline": ("KnowledgeGraph", "build", "remove", "open", "validate_files"),
    "kg.read": ("read_articles",),
    "kg.resolve": ("resolve_entities",),
    "kg.samples": ("sample_paths",),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Article",
    "BuildReport",
    "Claim",
    "Config",
    "Entity",
    "Extraction",
    "KgError",
    "Knowledge",
    "KnowledgeGraph",
    "Mention",
    "ResolvedClaim",
    "annotate_articles",
    "build",
    "clean_article",
    "extract_claims",
    "load_config",
    "load_knowledge",
    "load_pipeline",
    "open",
    "read_articles",
    "remove",
    "resolve_entities",
    "sample_paths",
    "validate_files",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOME_OF[name]), "open_graph" if name == "open" else name)
