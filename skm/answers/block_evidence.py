"""What speaks for sets of columns: names, sentences with an unsur's signature, single words, runs of codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from skm.answers.blocks import Cells, Chosen, choose_block
from skm.answers.column_kinds import ANSWERING, Pandang
from skm.answers.signatures import YES_NO, Evidence
from skm.answers.unsur_names import proof_of
from skm.regulasi._kuesioner import Kuesioner


def compare_blocks(
    usable: Sequence[str],
    by_name: Mapping[str, str],
    runs: Mapping[tuple[str, str], Mapping[int, Sequence[str]]],
    base: Kuesioner,
    look: Pandang,
    terima: Sequence[str],
    cells: Cells | None,
) -> Chosen | None:
    """Return which of several sets of columns counts, where there are several; see `answers.blocks.choose_block`.

    Parameters
    ----------
    by_name : mapping
        Column -> the butir whose name it bears.
    """
    lone = {c for members in runs.values() for cs in members.values() for c in cs}
    signed = {c: p.butir[0] for c in usable if c not in by_name and c not in lone and (p := _signature(c, base, look))}
    weak = {
        c: p.butir[0]
        for c in (usable if runs else ())
        if c not in by_name and c not in lone and c not in signed and (p := _signature(c, base, look, "lemah"))
    }
    every = [b.id for b in base.butir]
    return choose_block(usable, {**by_name, **signed}, runs, every, look, terima, cells, weak)


def _signature(column: str, base: Kuesioner, look: Pandang, kekuatan: str = "kuat") -> Evidence | None:
    """Return what speaks for one unsur in a column of answers, if it is as strong as said."""
    proof = proof_of(column, base)
    told = proof is not None and proof.kekuatan == kekuatan and bool(proof.butir) and proof.alasan != YES_NO
    return proof if told and look(column).jenis in ANSWERING else None
