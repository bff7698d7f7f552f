"""How the figure came about, as pairs of label and text: the same in the method annex and in the workbook."""

from __future__ import annotations

from typing import Any

from skm.basics import messages
from skm.basics.numbers import Lang, format_exact
from skm.report.material.bahan import Bahan
from skm.report.material.scales import scales


def origin(bahan: Bahan, lang: Lang) -> list[tuple[str, str]]:
    """Return what can change the figure and where it comes from; what is empty is left out."""

    def say(code: str, **fields: Any) -> str:
        return messages.text("laporan", code, lang, **fields)

    p = bahan.hasil.provenance
    pembanding = "; ".join(
        f"{c.label if lang == 'en' else c.label.replace('.', ',')}: {format_exact(c.ikm, lang)} {c.mutu}"
        for c in bahan.hasil.pembanding
    )
    label = bahan.hasil.bobot.label(lang)
    pairs = [
        ("asal-regulasi", f"{bahan.hasil.regulasi.nama} ({p.regulasi}, {say('asal-revisi')} {p.revisi})"),
        ("asal-bobot", say(f"bobot-{p.bobot}", nilai=label) if messages.has("laporan", f"bobot-{p.bobot}") else label),
        ("asal-pembanding", pembanding),
        ("asal-pembulatan", say(f"pembulatan-{p.pembulatan}", **scales(bahan.hasil.regulasi))),
        ("asal-kosong", say(f"kosong-{p.kosong}")),
        ("asal-pertanyaan", say(f"pertanyaan-{p.pertanyaan}")),
        ("asal-u8", say("u8-bernama") if p.u8 == "bernama" else say("u8-dikatakan", nilai=p.u8)),
        ("asal-nilai-kosong", ", ".join(p.nilai_kosong)),
        ("asal-periode", "" if p.periode is None else p.periode.text(lang)),
        ("asal-perbaikan", "; ".join(step.text(lang) for step in p.perbaikan)),
        ("asal-pengecualian", "; ".join(step.text(lang) for step in p.pengecualian)),
        ("asal-sumber", p.sumber),
        ("asal-akun", "" if p.akun is None else p.akun.text(lang)),
        ("asal-sidik", p.sidik),
        ("asal-versi", f"skm {p.versi}"),
    ]
    always = {"asal-perbaikan", "asal-pengecualian"}
    none = say("tidak-ada")
    return [(say(code), text or none) for code, text in pairs if text or code in always]
