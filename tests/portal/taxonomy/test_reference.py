"""The reference lists: complete, loaded once or ten times with the same outcome, and clear about a bad file."""

from __future__ import annotations

import csv
import math
import statistics
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal.taxonomy.models import Goal, Municipality, Region, Sector, SizeClass, Theme
from portal.taxonomy.services import load_lists

pytestmark = pytest.mark.django_db

# Full lists that may lie beside the checkout; the project itself ships none of them.
SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
needs_shared = pytest.mark.skipif(
    not (SHARED / "sbi2025_nl_en.csv").is_file(),
    reason="the full reference lists are not beside the checkout",
)


def load_reference(*arguments: str) -> str:
    out = StringIO()
    call_command("load_reference", *arguments, stdout=out)
    return out.getvalue()


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


def test_the_lists_are_complete() -> None:
    load_lists()
    assert Counter(Sector.objects.values_list("level", flat=True)) == {"section": 22, "division": 87}
    assert Counter(Region.objects.values_list("kind", flat=True)) == {"province": 12, "corop": 40}
    assert list(SizeClass.objects.values_list("code", flat=True)) == [
        "1-4", "5-14", "15-49", "50-99", "100-249", "250-plus",
    ]  # fmt: skip
    assert Theme.objects.count() == 10
    assert Goal.objects.count() == 14


def test_size_classes_follow_on_each_other_without_gap() -> None:
    load_lists()
    classes = list(SizeClass.objects.all())
    assert [c.minimum for c in classes[1:]] == [(c.maximum or 0) + 1 for c in classes[:-1]]
    assert classes[-1].maximum is None


def test_every_corop_region_lies_near_its_province() -> None:
    load_lists()
    for region in Region.objects.filter(kind="corop").select_related("parent"):
        assert region.parent is not None
        assert distance(region, region.parent) < 75, region


def test_names_are_short_sentences_of_our_own() -> None:
    load_lists()
    for sector in Sector.objects.all():
        assert not sector.name.isupper()
        assert len(sector.name) <= 60
    for term in [*Theme.objects.all(), *Goal.objects.all()]:
        assert term.description.endswith((".", "?"))


def test_loading_again_changes_nothing_and_asks_little() -> None:
    first = load_lists()
    before = list(Sector.objects.values_list("pk", "code", "name"))
    assert load_lists() == first
    assert list(Sector.objects.values_list("pk", "code", "name")) == before


def test_loading_again_keeps_an_editors_wording() -> None:
    load_lists()
    Theme.objects.filter(slug="proces").update(name="Werkstroom")
    Goal.objects.filter(slug="minder-voorraad").delete()
    load_lists()
    assert Theme.objects.get(slug="proces").name == "Werkstroom"
    assert Goal.objects.filter(slug="minder-voorraad").exists()


def test_the_command_tells_what_stands_in_the_lists() -> None:
    assert "109 sectoren, 52 regio's, 0 gemeenten, 6 groottes, 10 thema's, 14 doelen." in load_reference()


SOME_SECTORS = """code,parent,level,label_nl,label_en
C,,section,INDUSTRIE,X
25,C,division,Lang,X
251,25,group,Constructiewerk,X
2511,251,class,Deuren,X
25110,2511,subclass,Deuren,X
"""


def test_deeper_sectors_and_municipalities_come_from_a_folder(tmp_path: Path) -> None:
    write(tmp_path, "sbi2025_nl_en.csv", SOME_SECTORS)
    write(
        tmp_path,
        "gemeente_corop.csv",
        "gemeentecode,gemeente,corop_code,corop\n193,Zwolle,10,Noord-Overijssel\n",
    )
    for _again in range(2):
        load_reference("--from", str(tmp_path))
        assert Sector.objects.get(code="25110").parent == Sector.objects.get(code="2511")
        assert Sector.objects.get(code="25").name == "Metaalproducten maken"
        assert Sector.objects.count() == 109 + 3
        zwolle = Municipality.objects.get()
        assert (zwolle.code, zwolle.region.code) == ("0193", "CR10")


def test_one_of_the_two_files_is_enough(tmp_path: Path) -> None:
    write(tmp_path, "gemeente_corop.csv", "gemeentecode,gemeente,corop_code,corop\n0193,Zwolle,10,x\n")
    assert "sbi2025_nl_en.csv: niet gevonden, overgeslagen" in load_reference("--from", str(tmp_path))


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("gemeente_corop.csv", "gemeentecode,gemeente\n0193,Zwolle\n", "kolom ontbreekt: corop_code"),
        (
            "gemeente_corop.csv",
            "gemeentecode,gemeente,corop_code\n0193,Zwolle,99\n",
            "regel 2, kolom corop_code: '99'",
        ),
        (
            "gemeente_corop.csv",
            "gemeentecode,gemeente,corop_code\nZw,Zwolle,10\n",
            "regel 2, kolom gemeentecode: 'Zw'",
        ),
        ("gemeente_corop.csv", "gemeentecode,gemeente,corop_code\n0193\n", "regel 2: te weinig kolommen"),
        (
            "sbi2025_nl_en.csv",
            "code,parent,level,label_nl\n251,77777,group,X\n",
            "regel 2, kolom parent: '77777'",
        ),
        (
            "sbi2025_nl_en.csv",
            "code,parent,level,label_nl\n251,25,soort,X\n",
            "regel 2, kolom level: 'soort'",
        ),
        ("sbi2025_nl_en.csv", "code,parent,level,label_nl\nZ,,section,X\n", "regel 2, kolom code: 'Z'"),
        ("sbi2025_nl_en.csv", "\xff\xfe\x00", "kolom ontbreekt"),
        ("anders.csv", "a,b\n", "staat geen van deze bestanden"),
    ],
)
def test_a_bad_file_is_refused_with_file_line_and_column(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    write(tmp_path, name, text)
    with pytest.raises(CommandError, match="Er is niets veranderd") as caught:
        load_reference("--from", str(tmp_path))
    assert said in str(caught.value)
    assert not Sector.objects.exists()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is geen map"):
        load_reference("--from", str(tmp_path / "weg"))


@needs_shared
def test_codes_agree_with_the_official_lists() -> None:
    load_lists()
    with (SHARED / "sbi2025_nl_en.csv").open(encoding="utf-8") as file:
        official = {
            r["code"]: r["parent"] for r in csv.DictReader(file) if r["level"] in {"section", "division"}
        }
    assert {
        s.code: s.parent.code if s.parent else "" for s in Sector.objects.select_related("parent")
    } == official
    with (SHARED / "gemeente_corop.csv").open(encoding="utf-8") as file:
        corop = {f"CR{r['corop_code']}" for r in csv.DictReader(file)}
    assert set(Region.objects.filter(kind="corop").values_list("code", flat=True)) == corop


@needs_shared
def test_the_full_lists_load_completely_and_again() -> None:
    for _again in range(2):
        load_reference("--from", str(SHARED))
        levels = Counter(Sector.objects.values_list("level", flat=True))
        assert levels == {"section": 22, "division": 87, "group": 287, "class": 651, "subclass": 907}
        assert Municipality.objects.count() == 342


@needs_shared
def test_centre_points_lie_amid_the_places_of_their_region() -> None:
    load_lists()
    with (SHARED / "pc4_latlon_2018.csv").open(encoding="utf-8") as file:
        places: dict[str, list[tuple[float, float]]] = {}
        for row in csv.DictReader(file):
            places.setdefault(row["place"].lower(), []).append((float(row["lat"]), float(row["lon"])))
    towns: dict[str, list[tuple[float, float]]] = {}
    with (SHARED / "gemeente_corop.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            # A name that stands for two places far apart (Bergen) tells nothing.
            if found := places.get(row["gemeente"].lower()):
                towns.setdefault(f"CR{row['corop_code']}", []).append(found[0])
    checked = 0
    for region in Region.objects.filter(code__in=towns):
        checked += 1
        # The islands make Noord-Friesland the widest one.
        assert statistics.median(distance_to(region, town) for town in towns[region.code]) < 35, region
    assert checked >= 35


def distance(one: Region, other: Region) -> float:
    return distance_to(one, (float(other.latitude), float(other.longitude)))


def distance_to(region: Region, point: tuple[float, float]) -> float:
    """Kilometres, flat enough for one country."""
    north = (float(region.latitude) - point[0]) * 111.2
    east = (float(region.longitude) - point[1]) * 111.2 * math.cos(math.radians(point[0]))
    return math.hypot(north, east)
