"""Whole numbers as a text writes them, and what is none."""

from __future__ import annotations

import pytest
import spacy

from kg.extract.numbers import number_at, number_of

BLANK = spacy.blank("en")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3,200", "3200"),
        ("twelve", "12"),
        ("eighty-six", "86"),
        ("six hundred", "600"),
        ("two hundred and ten", "210"),
        ("two thousand five hundred", "2500"),
        ("1.5 million", "1500000"),
        ("three hundred thousand and six", "300006"),
        ("zero", "0"),
        ("six two", ""),
        ("20-30", ""),
        ("twelve and six", ""),
        ("1.5", ""),
        ("and", ""),
        ("many", ""),
        ("", ""),
    ],
)
def test_number_of_words(text, number):
    assert number_of(text) == number


@pytest.mark.parametrize(
    ("text", "word", "number"),
    [
        ("killed twenty-five people", "five", "25"),
        ("killed two hundred and ten people", "hundred", "210"),
        ("killed two hundred and ten people", "ten", "210"),
        ("killed 1.5 million people", "million", "1500000"),
        ("killed a hundred people", "hundred", "100"),
        ("up to a million people", "million", "1000000"),
        ("in 1994 20 people left", "20", "20"),
        ("killed in 12 raids", "12", "12"),
        # a share, bounds, and more than one
        ("killed several hundred people", "hundred", ""),
        ("killed half a million people", "million", ""),
        ("one in ten people", "one", ""),
        ("four in five people", "five", ""),
        ("20,000 to 30,000 people", "20,000", ""),
        ("20,000 to 30,000 people", "30,000", ""),
        ("hundreds of people", "hundreds", ""),
    ],
)
def test_number_whose_words_a_token_belongs_to(text, word, number):
    doc = BLANK(text)
    assert number_at(next(t for t in doc if t.text == word)) == number
