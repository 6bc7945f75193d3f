"""Write the table of given names and their gender that clues of coreference read.

Names come from the lists of many languages in Faker (MIT licence); English ones that both sexes bear are settled by the frequencies of
the United States' census of 1990 (public domain, in the package ``names``). A name that is left in doubt is left out. Those that
are hardly ever family names ("Natalie", but not "Scott") tell a gender by themselves.
"""

from __future__ import annotations

import importlib
import pkgutil
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import faker.providers.person as persons
import names
from anyascii import anyascii

from kg.pipeline_en.genders import FEMALE, MALE, TABLE, bare

SCRIPTS = ("LATIN", "CYRILLIC")
SHARE = 20  # the census tells a name's gender if so many times more people of that gender bear it
CENSUS_VOTES = 3  # it counts as much as so many languages' lists
MAJORITY = 4  # so many times more votes for a gender than for the other
ALONE = 10  # a name by itself is a given name if so many times more people have it as such than as a family name


def census(part: str) -> dict[str, float]:
    """Return the share of people, in percent, by name; ``part`` is "male.first", "female.first" or "all.last"."""
    lines = Path(names.full_path(f"dist.{part}")).read_text("utf-8").splitlines()
    return {line.split()[0].lower(): float(line.split()[1]) for line in lines}


def listed(*attributes: str) -> Counter[str]:
    """Return how many languages have a name in the lists of these attributes; Latin or Cyrillic letters."""
    found: Counter[str] = Counter()
    for module in pkgutil.iter_modules(persons.__path__):
        provider = importlib.import_module(f"{persons.__name__}.{module.name}").Provider
        found.update(set(_written(chain.from_iterable(getattr(provider, attribute, ()) for attribute in attributes))))
    return found


def _written(given: Iterable[str]) -> Iterator[str]:
    for name in given:
        if all(unicodedata.name(char, "").startswith(SCRIPTS) for char in name) and len(name) > 2:
            yield anyascii(bare(name))


def table() -> dict[str, str]:
    """Return the gender of each given name that leaves no doubt."""
    sexes = {MALE: "male", FEMALE: "female"}
    shares = {gender: census(f"{sex}.first") for gender, sex in sexes.items()}
    votes = {gender: listed(f"first_names_{sex}", f"first_romanized_names_{sex}") for gender, sex in sexes.items()}
    for gender, other in ((MALE, FEMALE), (FEMALE, MALE)):
        for name, share in shares[gender].items():
            if share >= SHARE * shares[other].get(name, 0):
                votes[gender][name] += CENSUS_VOTES
    return {
        name: gender
        for gender, other in ((MALE, FEMALE), (FEMALE, MALE))
        for name, count in votes[gender].items()
        if count >= MAJORITY * votes[other][name]
    }


def given_alone(given: Iterable[str]) -> set[str]:
    """Return the names that hardly anybody has as a family name."""
    first: Counter[str] = Counter()
    for part in ("male.first", "female.first"):
        first.update(census(part))  # type: ignore[arg-type]
    last = census("all.last")
    families = listed("last_names", "last_romanized_names", "last_names_male", "last_names_female")
    return {
        name
        for name in given
        if (first[name] >= ALONE * last[name] if name in first and name in last else name not in last)
        and (name in first or not families[name])
    }


def write_table(path: Path = TABLE) -> None:
    """Write the table, sorted by name."""
    genders = table()
    alone = given_alone(genders)
    rows = (f"{name}\t{gender}\t{'yes' if name in alone else 'no'}\n" for name, gender in sorted(genders.items()))
    path.write_text("name\tgender\talone\n" + "".join(rows), "utf-8")


if __name__ == "__main__":
    write_table()
