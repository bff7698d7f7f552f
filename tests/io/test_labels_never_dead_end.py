"""Labels: every one is drafted however rare, half-filled maps are continued, and every hint leads on."""

from __future__ import annotations

import random
import re
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

import skm
from skm.errors import SKMError

NAMES = ["Persyaratan", "Prosedur", "Waktu", "Biaya", "Produk", "Kompetensi", "Perilaku", "Pengaduan", "Sarana"]
FOREIGN = ["Jelek", "Lumayan", "Oke", "Mantap sekali"]


def write(path: Path, column: list[Any], *, at: int = 3, extra: dict[str, list[Any]] | None = None) -> Path:
    """Nine unsur with the answer 3, one of them with these cells."""
    extra = extra or {}
    rows = [";".join([*extra, *NAMES])]
    for k, cell in enumerate(column):
        cells = ["3"] * 9
        cells[at] = str(cell)
        rows.append(";".join([*(str(v[k]) for v in extra.values()), *cells]))
    path.write_text("\n".join(rows), "utf-8")
    return path


@pytest.mark.parametrize("rare", [*FOREIGN, "Tidak wajar", "\U0001f621", ":-(", "sangat jelek sekali"])
def test_a_label_that_occurs_once_is_drafted(tmp_path: Path, rare: str) -> None:
    """Rare is usually the worst answer; the completed draft gives the figure."""
    path = write(tmp_path / "a.csv", ["Oke"] * 12 + ["Lumayan"] * 5 + [rare])
    draft = skm.draft_map(path)
    assert rare in draft.label["biaya"]
    assert not draft.lengkap
    filled = re.sub(r'"\?"', "2", draft.to_toml())
    (tmp_path / "peta.toml").write_text(filled, "utf-8")
    hasil = skm.score(skm.read(path, kuesioner=tmp_path / "peta.toml"))
    assert (hasil.n, hasil.unsur["biaya"].nrr) == (18, 2)


@pytest.mark.parametrize(
    "text",
    [
        "Wening Rahayu",
        "Dra. Wening",
        "081234567890",
        "wening@contoh.id",
        "N 1234 AB",
        "NIK 3573012345678901",
        "Rekening 1234567890",
    ],
)
@pytest.mark.parametrize("among", ["Oke", 3])
def test_a_person_is_never_drafted(tmp_path: Path, text: str, among: Any) -> None:
    """A shifted cell with a name, a number or an address comes into no draft, message or repr."""
    path = write(tmp_path / "a.csv", [among] * 15 + [text])
    draft = skm.draft_map(path)
    shown = draft.to_toml() + repr(draft)
    with pytest.raises(SKMError) as problem:
        skm.score(skm.read(path))
    shown += str(problem.value) + repr(dict(problem.value.context)) + repr(skm.read(path))
    for word in re.findall(r"\w{4,}", text):
        assert word not in ("Wening", "Rahayu") or word not in shown
        assert not word.isdigit() or word not in shown


def test_names_of_a_personal_column_are_no_labels(tmp_path: Path) -> None:
    """A single word that stands in the column of names is a name."""
    path = write(tmp_path / "a.csv", ["Oke"] * 9 + ["Wening"], extra={"Nama": [f"Orang {k}" for k in range(9)] + ["Wening Rahayu"]})  # fmt: skip
    assert "Wening" not in skm.draft_map(path).to_toml().replace("Nama", "")


def test_near_official_labels_are_proposed(tmp_path: Path) -> None:
    """The same words twice, or a slip of a letter: the level is filled in and marked as a proposal."""
    path = write(tmp_path / "a.csv", ["Sangat sopan dan sangat ramah"] * 3 + ["Sopan dan rama"] * 2 + [3], at=6)
    draft = skm.draft_map(path)
    assert draft.label["perilaku"] == {"Sangat sopan dan sangat ramah": 4, "Sopan dan rama": 3}
    assert "usulan" in draft.to_toml()
    (tmp_path / "peta.toml").write_text(draft.to_toml(), "utf-8")
    assert skm.score(skm.read(path, kuesioner=tmp_path / "peta.toml")).n == 6


def test_a_half_filled_map_is_continued(tmp_path: Path) -> None:
    """What a person filled in stays, in columns and labels; what is open is asked again."""
    path = write(tmp_path / "a.csv", ["Oke", "Oke", "Lumayan", "Jelek", "Jelek"])
    text = skm.draft_map(path).to_toml().replace('"Oke" = "?"', '"Oke" = 4')
    (tmp_path / "peta.toml").write_text(text, "utf-8")
    again = skm.draft_map(path, kuesioner=tmp_path / "peta.toml")
    assert {k.casefold(): v for k, v in again.label["biaya"].items()} == {"oke": 4, "lumayan": None, "jelek": None}
    assert dict(again.kolom)["biaya"] == ["Biaya"]
    done = tomllib.loads(again.to_toml().replace('"?"', "1"))
    assert skm.score(skm.read(path, kuesioner=done)).unsur["biaya"].total == 4 + 4 + 1 + 1 + 1


def test_a_map_of_an_office(shared_data: Path) -> None:
    """Nine columns filled in by hand, one of them an office's own unsur, stay; its labels are drafted."""
    dump = shared_data / "dump"
    again = skm.draft_map(dump / "m.csv", kuesioner=dump / "m.toml")
    assert again.kolom["maklumat"] == ["Kolom X"]
    assert set(again.kolom) == set(tomllib.loads((dump / "m.toml").read_text())["kolom"])
    assert {"Oke sekali", "Lumayan"} <= set(again.label["maklumat"])
    assert "Tidak wajar" in skm.draft_map(dump / "sekali2.csv").label["biaya"]


# --- every hint of every refusal is followed ------------------------------------------------------------------------

CASES: dict[str, list[Any]] = {
    "puas": ["Puas"] * 6 + ["Sangat Puas", "Tidak Puas"],
    "setuju": ["Setuju"] * 6 + ["Sangat Setuju", "Sangat Tidak Setuju"],
    "setuju-5": ["Setuju", "Netral", "Sangat Tidak Setuju", "Sangat Setuju", "Ragu-ragu"],
    "own": ["Oke"] * 6 + ["Lumayan"] * 3 + ["Jelek"],
    "five": [5, 4, 3, 5, 2, 1, 5],
    "hundred": [25, 50, 75, 100, 100],
    "percent": ["100%", "75%", "50%"],
    "minus": [-1, 3, 4, -1],
    "codes": [99, "TT", "-", 3, 4],
    "zero": [0, 3, 4],
    "letters": ["A. Sangat Baik", "B. Baik", "A. Sangat Baik", "D. Tidak Baik"],
    "mixed": ["Puas", "-", "Sangat Puas", 0],
    "emoji": ["\U0001f60d", "\U0001f642", "\U0001f621"],
}


def follow(path: Path, options: dict[str, Any], problem: SKMError, tmp_path: Path) -> dict[str, Any] | None:
    """Do what the hint says, as a person would type it; None where it names nothing to do here."""
    hint = problem.hint("id")
    new = dict(options)
    found = False
    if match := re.search(r"nilai_kosong=(\[[^\]]*\])", hint):
        new["nilai_kosong"] = [*options.get("nilai_kosong", []), *eval(match[1])]
        found = True
    if not found and (match := re.search(r'skala="([\w-]+)"', hint)):  # the other of two remedies
        new["skala"], found = match[1], True
    if match := re.search(r'label="([\w-]+)"', hint):
        new["label"], found = match[1], True
    if "petakan" in hint and not found:
        lines = skm.draft_map(path).to_toml()
        value = iter([1, 2, 3, 4] * 20)
        (tmp_path / "peta.toml").write_text(re.sub(r'"\?"', lambda _: str(next(value)), lines), "utf-8")
        new["kuesioner"], found = tmp_path / "peta.toml", True
    return new if found and new != options else None


def refused(path: Path, options: dict[str, Any]) -> SKMError | None:
    """Return why the file gives no figure under these options; None where it does."""
    try:
        skm.score(skm.read(path, **options))
    except SKMError as problem:
        return problem
    return None


@pytest.mark.filterwarnings("ignore::skm.errors.SKMWarning")
@pytest.mark.parametrize("case", list(CASES))
def test_every_hint_leads_on(tmp_path: Path, case: str) -> None:
    """Following the hint ends in a figure or another message, never in the same one."""
    column = CASES[case]
    random.Random(1).shuffle(column)
    path = write(tmp_path / "a.csv", column)
    if case in ("five", "hundred", "percent", "setuju-5", "puas", "setuju", "letters"):  # the whole form has this scale
        path.write_text("\n".join([";".join(NAMES), *[";".join([str(c)] * 9) for c in column]]), "utf-8")
    options: dict[str, Any] = {}
    seen: list[tuple[str, dict[str, Any]]] = []
    for _ in range(5):
        problem = refused(path, options)
        if problem is None:
            assert skm.score(skm.read(path, **options)).n == len(column)
            return
        assert (problem.code, options) not in seen, f"{problem.code} sends back to itself"
        seen.append((problem.code, options))
        following = follow(path, options, problem, tmp_path)
        assert following is not None, f"{problem.code}: {problem.hint('id')}"
        options = following
    pytest.fail(f"no end: {[code for code, _ in seen]}")


FORMS = [
    "{label}",
    "{letter}. {label}",
    "{level}. {label}",
    "{label} ({level})",
    "{level} = {label}",
    "{letter}) {label}",
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["puas", "sangat-tidak-puas", "baik", "setuju", "kurang-setuju", "sesuai", "mudah"])
def test_every_set_that_is_proposed_leads_on(name: str, form: str) -> None:
    """Answers from a set, bare or behind their number or letter: each proposed name gives a figure."""
    table = tomllib.loads(resources.files("skm").joinpath("data", "label.toml").read_text("utf-8"))
    words = [one if isinstance(one, str) else one[0] for one in table[name]]
    texts = [form.format(label=w, level=k, letter="abcd"[k - 1]) for k, w in enumerate(words, start=1)]
    chance = random.Random(7)
    records = [{unsur: chance.choice(texts) for unsur in NAMES} for _ in range(12)]
    try:
        skm.score(records)
    except SKMError as problem:
        proposed = problem.context["rangkaian"]
        assert proposed
        for one in proposed:
            assert skm.score(skm.read(records, label=one)).n == 12
