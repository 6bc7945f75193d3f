"""The sample articles that ship with kg: about invented people in real countries, in every form that `kg.read` knows.

Some tell the same event, two contradict each other, one corrects an earlier one, and two are web pages full of furniture.
"""

from __future__ import annotations

from pathlib import Path

ENDINGS = frozenset({".txt", ".html", ".md", ".jsonl"})


def sample_paths() -> tuple[Path, ...]:
    """The files of the sample, sorted.

    >>> sample_paths()[0].name
    'andes-treaty-disputed.html'
    """
    folder = Path(__file__).parent
    return tuple(sorted(path for path in folder.iterdir() if path.suffix in ENDINGS))
