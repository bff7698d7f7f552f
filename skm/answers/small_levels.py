"""Free-text levels that few respondents gave are put together in what is published: the label may be the person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import Any

from skm.answers.levels import Meanings, is_blank_level
from skm.basics import messages
from skm.basics.numbers import LANGS
from skm.basics.words import normalise
from skm.regulasi._kuesioner import Ciri

OTHER_LEVEL = "(lainnya)"


def merge_small_levels(
    labels: Sequence[Any], counts: Sequence[int], limit: int, ciri: Ciri | None, public: Collection[Any] = ()
) -> dict[Hashable, Any]:
    """Return which level every level is published as.

    Parameters
    ----------
    labels, counts : sequence, sequence of int
        Levels as the data have them, and how many respondents gave each. A level may occur several times.
    limit : int
        Levels that fewer respondents gave are merged into `OTHER_LEVEL`.
    ciri : Ciri or None
        The characteristic. Levels that the questionnaire knows (and age groups) are public words and stay.
    public : collection
        Names that the office itself declares (units, services, a code list): never merged.

    Returns
    -------
    dict
        Level -> itself, or `OTHER_LEVEL`. Blanks stay blanks.

    Examples
    --------
    >>> from skm.regulasi._kuesioner import load
    >>> job = load().ciri("pekerjaan")
    >>> merge_small_levels(["PNS", "Ibu Sri yang di pasar", "Petani garam"], [2, 1, 7], 5, job)
    {'PNS': 'PNS', 'Ibu Sri yang di pasar': '(lainnya)', 'Petani garam': 'Petani garam'}
    """
    often: Counter[Hashable] = Counter()
    meanings = Meanings(ciri)
    declared = {normalise(name) for name in public}
    for label, count in zip(labels, counts, strict=True):
        if not is_blank_level(label):
            often[meanings.meaning(label)] += count

    def published(label: Any) -> Any:
        known = meanings.place(label) is not None or meanings.special(label) or normalise(label) in declared
        if is_blank_level(label) or known or often[meanings.meaning(label)] >= limit:
            return label
        return OTHER_LEVEL

    return {label: published(label) for label in labels}


def other_level_names() -> Mapping[str, str]:
    """Return what the merged level is called, by language.

    >>> other_level_names()["en"]
    '(other)'
    """
    return {lang: messages.text("profil", "tingkat-lainnya", lang) for lang in LANGS}
