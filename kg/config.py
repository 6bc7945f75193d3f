"""Settings of a build: `Config`, read once from a `kg.toml`; an unknown key or a wrong type is an error with a hint."""

from __future__ import annotations

import dataclasses
import difflib
import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import ConfigError

DEFAULT_FILE = "kg.toml"
DEFAULT_BASE = "https://example.org/kg/"


@dataclass(frozen=True, slots=True)
class Config:
    """How a graph is built.

    Attributes:
        base: the IRI under which entities, articles, claims and events are named; ends in "/" or "#".
        model: name or path of a spaCy English pipeline; "" is the one that ships with kg.
        ontology: a folder with kg.ttl and lexicon/; "" is the one that ships with kg.
        workers: number of processes that extract; 0 asks for one per core.
        decisions: a file of the user's own verdicts on who is the same and who is not; "" is none.
        gazetteer: the user's own lists of known things (CSV or RDF), to which mentions are linked.
    """

    base: str = DEFAULT_BASE
    model: str = ""
    ontology: str = ""
    workers: int = 1
    decisions: str = ""
    gazetteer: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (
            not self.base.startswith(("http://", "https://"))
            or self.base[-1] not in "/#"
            or set(self.base) & set(' <>"{}|\\^`')
        ):
            raise ConfigError(
                f"base {self.base!r} is no IRI that ends in / or #", hint='for example "https://example.org/kg/"'
            )
        if self.workers < 0:
            raise ConfigError(f"workers is {self.workers}", hint="1 or more; 0 for one per core")

    def remembered(self) -> dict[str, Any]:
        """What a graph keeps of how it was built, so that taking an article out is a build with the same settings."""
        files = {name: [str(Path(file).absolute()) for file in files] for name, files in self._files().items() if files}
        return {"base": self.base, **files}

    def _files(self) -> dict[str, tuple[str, ...]]:
        single = {"ontology": self.ontology, "decisions": self.decisions}
        return {**{name: (file,) if file else () for name, file in single.items()}, "gazetteer": self.gazetteer}

    @property
    def ontology_folder(self) -> Path | None:
        """The ontology to load, as `kg.lexicon.load_knowledge` wants it."""
        return Path(self.ontology) if self.ontology else None


def load_config(path: str | Path | None = None) -> Config:
    """Read a configuration file.

    Args:
        path: the file; None takes `kg.toml` in the current folder when there is one.

    Raises:
        ConfigError: no such file, not TOML, an unknown key, or a value of the wrong type.
    """
    if path is None:
        return _read(Path(DEFAULT_FILE)) if Path(DEFAULT_FILE).is_file() else Config()
    return _read(Path(path))


def recall_config(path: Path) -> Config:
    """The settings of a built graph, as `Config.remembered` gave them; the defaults where it kept none.

    Raises:
        ConfigError: the file is damaged.
    """
    try:
        kept = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        single = {name: kept.get(name, [""])[0] for name in ("ontology", "decisions")}
        return Config(base=kept.get("base", DEFAULT_BASE), gazetteer=tuple(kept.get("gazetteer", ())), **single)
    except (OSError, ValueError, TypeError, LookupError, AttributeError) as error:
        raise ConfigError("the settings of the graph are damaged", where=str(path), hint="build it again") from error


def _read(path: Path) -> Config:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", where=str(path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"is not valid TOML: {error}", where=str(path)) from error
    try:
        return Config(**{key: _checked(key, value, path) for key, value in values.items()})
    except ConfigError as error:
        raise error if error.where else ConfigError(error.what, where=str(path), hint=error.hint) from error


def _checked(key: str, value: object, path: Path) -> Any:
    """The value, when `key` is known and the type fits; a path is taken relative to the file that names it."""
    defaults: dict[str, Any] = {field.name: field.default for field in dataclasses.fields(Config)}
    if key not in defaults:
        near = difflib.get_close_matches(key, defaults, n=1)
        known = ", ".join(sorted(defaults))
        raise ConfigError(
            f"unknown key {key!r}",
            where=str(path),
            hint=f"did you mean {near[0]!r}?" if near else f"known keys: {known}",
        )
    wanted = type(defaults[key])
    if wanted is tuple:
        files = [value] if isinstance(value, str) else value
        if not isinstance(files, list) or not all(isinstance(file, str) for file in files):
            raise ConfigError(f"{key} must be a text in quotes or a list of such, not {value!r}", where=str(path))
        return tuple(str(path.parent / file) for file in files)
    if type(value) is not wanted:
        raise ConfigError(f"{key} must be {_SAID[wanted]}, not {value!r}", where=str(path))
    if key in {"ontology", "decisions"} and value:
        return str(path.parent / str(value))
    return value


_SAID: dict[type, str] = {str: "a text in quotes", int: "a whole number"}
