"""The entity types of the pipeline, and BIO labels over them."""

from __future__ import annotations

ENTITY_TYPES = (
    "PERSON", "NORP", "GPE", "LOC", "ORG", "FAC", "EVENT", "DATE", "TIME", "MONEY", "PERCENT", "QUANTITY",
    "CARDINAL", "ORDINAL", "LAW", "WEAPON", "VEHICLE", "PRODUCT", "WORK_OF_ART", "TITLE",
)  # fmt: skip
ENTITY_LABELS = ("O", *(f"{prefix}-{kind}" for kind in ENTITY_TYPES for prefix in "BI"))
OUTSIDE = 0


def begin(kind: str) -> int:
    """Return the number of the label that opens an entity of this type."""
    return 1 + 2 * ENTITY_TYPES.index(kind)


def inside(kind: str) -> int:
    """Return the number of the label that continues an entity of this type."""
    return begin(kind) + 1
