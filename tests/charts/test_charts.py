"""Charts: they say what the result says, nothing overlaps, and colours keep their meaning."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from typing import Any

import pytest

import skm
from skm import charts
from skm.charts import _style as style
from skm.errors import DataError, EmptyDataError, OptionError

GENAP = {"persyaratan": (0, 0, 118, 69), "prosedur": (0, 6, 93, 88), "waktu": (0, 3, 106, 78), "biaya": (1, 1, 23, 162)}


@pytest.fixture(scope="module")
def hasil() -> Any:
    return skm.score(skm.read(skm.contoh()))


def rows(k: int, groups: int, n: int = 200) -> list[dict[str, Any]]:
    return [
        {
            "layanan": f"Pelayanan Administrasi Kependudukan nomor {i % groups}",
            **{f"u{j}": 1 + (i * j) % 4 for j in range(1, k + 1)},
        }
        for i in range(n)
    ]


def texts(ax: Any) -> list[str]:
    return [t.get_text() for t in ax.texts]


def _seen(labels: Any, ticks: Any, limits: Any) -> list[Any]:
    """Labels inside the view; slanted ones have boxes that say nothing about their letters."""
    low, high = sorted(limits)
    return [t for t, at in zip(labels, ticks, strict=True) if low <= at <= high and not t.get_rotation()]


def overlaps(ax: Any) -> list[tuple[str, str]]:
    """Pairs of labels whose boxes cover each other when the figure is drawn."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    canvas = FigureCanvasAgg(ax.figure)
    canvas.draw()
    renderer = canvas.get_renderer()
    seen = [*_seen(ax.get_xticklabels(), ax.get_xticks(), ax.get_xlim())]
    seen += _seen(ax.get_yticklabels(), ax.get_yticks(), ax.get_ylim())
    every = [*seen, *ax.texts, ax.xaxis.label]
    every = [t for t in every if t.get_text() and t.get_visible()]
    legend = ax.get_legend()
    every += legend.get_texts() if legend else []
    boxes = [(t.get_text(), t.get_window_extent(renderer)) for t in every]
    width, height = canvas.get_width_height()
    clipped = [(name, "edge") for name, b in boxes if b.x0 < -1 or b.y0 < -1 or b.x1 > width + 1 or b.y1 > height + 1]
    shrunk = [(name, box.padded(-0.5)) for name, box in boxes]
    return clipped + [
        (a, b) for i, (a, first) in enumerate(shrunk) for b, second in shrunk[i + 1 :] if first.overlaps(second)
    ]


def test_unsur_bars_show_every_mean_and_letter(hasil: Any) -> None:
    """The figures beside the bars are those of the result, with a decimal comma, in the wanted order."""
    ax = charts.unsur_bar(hasil)
    shown = [t for t in texts(ax) if "," in t]
    assert shown == [f"{u.nrr:.2f}".replace(".", ",") + f"  {u.mutu}" for u in hasil.unsur.values()]
    lengths = [p.get_width() + 1 for p in ax.patches if p.get_height() == pytest.approx(0.62)]
    assert lengths == pytest.approx([float(u.nrr) for u in hasil.unsur.values()])
    by_value = [float(t.split()[0].replace(",", ".")) for t in texts(charts.unsur_bar(hasil, urut="nilai")) if "," in t]
    assert by_value == sorted(by_value)
    assert "3.35  B" in texts(charts.unsur_bar(hasil, lang="en"))


@pytest.mark.parametrize("k", [1, 2, 8, 9, 14, 20])
def test_no_label_covers_another(k: int) -> None:
    """From one to twenty unsur with their official names."""
    one = skm.score(rows(k, 3), u8="pengaduan")
    for ax in (charts.unsur_bar(one), charts.answer_bar(one), charts.answer_bar(one, bentuk="menyebar")):
        assert overlaps(ax) == []


@pytest.mark.parametrize("groups", [1, 2, 15, 16, 60])
def test_groups_from_one_to_sixty(groups: int) -> None:
    """Every group stands in the chart with its index and n."""
    per = skm.score_by(rows(9, groups), "layanan", u8="pengaduan")
    ax = charts.group_bar(per, keseluruhan=skm.score(rows(9, groups), u8="pengaduan"))
    assert sum("n = " in t for t in texts(ax)) == groups
    assert overlaps(ax) == []


def test_intervals_are_drawn_in_whatever_form_they_come() -> None:
    """A pair, an object with low and high, one with .interval, one with .ikm."""
    from types import SimpleNamespace as Obj

    per = skm.score_by(rows(9, 4), "layanan", u8="pengaduan")
    pair = (60.0, 70.0)
    span = Obj(low=60.0, high=70.0)
    forms = [pair, span, Obj(interval=span), Obj(ikm=Obj(interval=span))]
    ax = charts.group_bar(per, interval=dict(zip(per, forms, strict=True)), urut="tetap")
    drawn = [line.get_xdata() for line in ax.lines if len(line.get_xdata()) == 2]
    assert len(drawn) == 4 * 4
    assert all(tuple(x) == pair for x in drawn)
    undefined = Obj(low=float("nan"), high=float("nan"))
    assert not charts.group_bar(per, interval=dict.fromkeys(per, undefined)).lines


def test_absent_levels_keep_place_and_colour() -> None:
    """Nobody chose 1 or 2: the legend still has four levels and 3 and 4 their colours."""
    few = charts.answer_bar(skm.score_counts({"persyaratan": (0, 0, 5, 5)}))
    all_ = charts.answer_bar(skm.score_counts({"persyaratan": (2, 3, 5, 5)}))
    for ax in (few, all_):
        assert [t.get_text()[0] for t in ax.get_legend().get_texts()] == ["1", "2", "3", "4"]
    colours = [[p.get_facecolor() for p in ax.patches] for ax in (few, all_)]
    assert colours[0] == colours[1]


@pytest.mark.parametrize("levels", [2, 3, 4, 5, 6, 10])
def test_levels_differ_on_a_grey_print(levels: int) -> None:
    """Neighbouring levels differ in lightness or in hatching."""
    from matplotlib.colors import to_rgb

    colours = style.level_colours(levels)
    assert len(set(colours)) == levels
    light = [sum(w * c for w, c in zip((0.299, 0.587, 0.114), to_rgb(colour), strict=True)) for colour in colours]
    for (i, a), (j, b) in pairwise(enumerate(light)):
        assert abs(a - b) > 0.05 or style.level_hatch(i, levels) != style.level_hatch(j, levels)


def test_diverging_bars_meet_at_zero() -> None:
    """The worse half lies left of zero; a middle level is split."""
    ax = charts.answer_bar(skm.score_counts({"persyaratan": (1, 2, 3, 4)}), bentuk="menyebar")
    edges = [round(p.get_x(), 6) for p in ax.patches]
    assert edges == [-30.0, -20.0, 0.0, 30.0]


def test_profile_shows_counts_and_hides_what_is_closed() -> None:
    """Counts with shares; a closed level shows neither bar nor number."""
    survei = skm.read(skm.contoh())
    profil = skm.profile(survei)
    ax = charts.profile_bar(profil)
    assert "178  (52,2%)" in texts(ax)
    assert overlaps(ax) == []
    one = charts.profile_bar(profil, "jenis_kelamin", tutup=[("jenis_kelamin", "Laki-laki")])
    assert texts(one)[0] == "tidak ditampilkan"
    assert "178" not in "".join(texts(one))
    with pytest.raises(OptionError):
        charts.profile_bar(profil, "agama")


def test_the_sum_of_many_small_levels_gives_no_hidden_one_away() -> None:
    """Of very many levels the rest is summed up, but not where that would tell a hidden count."""
    sizes = [40, 30, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 6, 5, 3]
    data = [{"layanan": f"L{i:02d}", "u1": 3} for i, n in enumerate(sizes) for _ in range(n)]
    profil = skm.profile(data)
    key = "layanan"
    assert texts(charts.profile_bar(profil, key))[-1].startswith("8  (")
    partly = charts.profile_bar(profil, key, tutup=[(key, "L14"), (key, "L12")])
    assert texts(partly)[-1] == "tidak ditampilkan"
    wholly = charts.profile_bar(profil, key, tutup=[(key, "L14"), (key, "L13")])
    assert texts(wholly)[-1].startswith("8  (")


def test_trend_keeps_numbers_gaps_and_targets(hasil: Any) -> None:
    """Text, numbers and results as values; None leaves a gap; ticks are whole numbers that say what they are."""
    ax = charts.trend_line({"2021": "87,64", "2022": None, "2023": 88.125, "2024": hasil}, target={"2024": "94,14"})
    assert [t for t in texts(ax) if "," in t] == ["87,64", "88,13", "89,31"]
    ax.figure.canvas.draw()
    for tick in ax.get_yticks():
        assert tick == int(tick)
    assert overlaps(charts.trend_line({f"Semester {i % 2 + 1} {2010 + i // 2}": 80 + i for i in range(14)})) == []
    assert overlaps(charts.trend_line({"2024": "25"})) == []
    with pytest.raises(EmptyDataError):
        charts.trend_line({"2024": None})


@pytest.mark.parametrize(("n", "population"), [(341, 3441), (500, 700), (10, 10), (1, 9_000_000), (0, 50)])
def test_sample_curve_marks_this_survey(n: int, population: int) -> None:
    """Minimum and respondents reached are named and nothing covers them."""
    enough = skm.adequacy(n, population)
    ax = charts.sample_curve(enough)
    shown = " ".join(texts(ax)).replace(".", "")
    assert f"minimum {enough.required}" in shown
    assert f"responden {n}" in shown
    assert overlaps(ax) == []


def test_given_axes_are_used_and_no_pyplot_is_loaded() -> None:
    """`ax=` draws into it; pyplot, whose state is global, never comes in."""
    code = (
        "import sys, skm\n"
        "from skm import charts; charts.unsur_bar\n"
        "from matplotlib.figure import Figure\n"
        "ax = Figure().add_subplot()\n"
        "h = skm.score_counts({'persyaratan': (1, 2, 3, 4)})\n"
        "assert charts.unsur_bar(h, ax=ax) is ax\n"
        "charts.to_png(charts.answer_bar(h))\n"
        "assert 'matplotlib.pyplot' not in sys.modules\n"
    )
    env = {"HOME": "/dev/null/rumah", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        text=True,
        env=env,
        check=False,
        cwd=skm.__path__[0] + "/..",
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_names_with_emoji_dollars_and_200_characters_are_drawn() -> None:
    """No mathematics is read into names, what the font lacks is left out, long names end in an ellipsis."""
    name = 'Layanan "A & B" / $x^2$ 🏥 ' + "panjang " * 25
    per = skm.score_by([{"layanan": name, **{f"u{i}": 3 for i in range(1, 10)}}] * 3, "layanan", u8="sarana")
    ax = charts.group_bar(per)
    assert charts.to_png(ax).startswith(b"\x89PNG")
    label = ax.get_yticklabels()[0].get_text()
    assert "$x^2$" in label
    assert "🏥" not in label
    assert label.endswith("…")


def test_save_writes_png_svg_pdf_and_refuses_others(tmp_path: Any, hasil: Any) -> None:
    """The ending decides; the same chart gives the same SVG ids only with the same prefix."""
    ax = charts.unsur_bar(hasil)
    heads = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}
    for kind, head in heads.items():
        assert charts.save(ax, tmp_path / "a" / f"x.{kind}").read_bytes().startswith(head)
    with pytest.raises(OptionError):
        charts.save(ax, tmp_path / "x.jpeg")
    (tmp_path / "berkas").write_text("x")
    with pytest.raises(DataError):
        charts.save(ax, tmp_path / "berkas" / "x.png")
    svg = charts.to_svg(ax, awalan="g1-")
    assert svg.startswith("<svg")
    assert 'id="g1-' in svg
    assert 'href="#DejaVu' not in svg


def test_counts_are_needed_for_a_distribution() -> None:
    """Means alone are refused with the reason; wrong words are refused."""
    with pytest.raises(EmptyDataError, match="grafik-tanpa-cacah"):
        charts.answer_bar(skm.score_means({"persyaratan": "3,47"}))
    with pytest.raises(OptionError):
        charts.unsur_bar(skm.score_counts(GENAP), urut="abjad")
    with pytest.raises(OptionError, match="grafik-label"):
        charts.answer_bar(skm.score_counts(GENAP), label=["a", "b"])


def test_a_chart_takes_less_than_a_second(hasil: Any) -> None:
    """Also the largest: 60 groups."""
    import time

    per = skm.score_by(rows(9, 60), "layanan", u8="pengaduan")
    charts.to_png(charts.unsur_bar(hasil))
    for draw in (lambda: charts.group_bar(per), lambda: charts.answer_bar(hasil)):
        start = time.process_time()
        charts.to_png(draw())
        assert time.process_time() - start < 2.0  # one second on a free core; this one is shared
