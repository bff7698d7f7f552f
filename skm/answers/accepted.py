"""The words by which a person accepts what was proposed about columns."""

from __future__ import annotations

from collections.abc import Sequence

from skm.answers.blocks import ACCEPT_BLOCK, is_block_word
from skm.basics.errors import OptionError
from skm.basics.words import normalise
from skm.regulasi._kuesioner import Kuesioner
from skm.regulasi._unsur import order_of

ACCEPT_ALL = "semua"
WITHOUT = "tanpa-"
# Rows that the table itself marks as deleted, rejected or a test; see `answers.withdrawn_rows`.
WITHOUT_WITHDRAWN, WITH_WITHDRAWN = "tanpa-batal", "dengan-batal"


def refuse_unknown_words(terima: Sequence[str], base: Kuesioner) -> None:
    """Refuse an accepted word that means nothing: its writer believes that something was accepted.

    Raises
    ------
    OptionError
        It is none of those that `match_columns` knows.
    """
    unsur = dict.fromkeys([*(b.unsur for b in base.butir), *(b.id for b in base.butir), *order_of(base.regulasi)])
    known = {normalise(word) for u in unsur for word in (u, WITHOUT + u)} | {
        normalise(word) for word in (ACCEPT_ALL, WITHOUT_WITHDRAWN, WITH_WITHDRAWN)
    }
    for word in terima:
        if normalise(word) not in known and not is_block_word(str(word)):
            choices = [ACCEPT_ALL, *unsur, *(WITHOUT + u for u in unsur), f"{ACCEPT_BLOCK}1", WITHOUT_WITHDRAWN]
            raise OptionError("opsi-tidak-dikenal", opsi="terima", nilai=str(word), pilihan=choices)
