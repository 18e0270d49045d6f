"""Publishing outlines: geometry, codes and names, in the order that class codes are sent in, harmless whatever a name holds."""

import json
from pathlib import Path

import pytest

from pages.components.map_outlines import MapOutlines, publish_outlines

SQUARE = [[[-1.0, 52.0], [-0.9, 52.0], [-0.9, 52.1], [-1.0, 52.1], [-1.0, 52.0]]]


def collection(*wards: dict[str, str]) -> str:
    """GeoJSON of wards that all lie on one square."""
    shape = {"type": "Polygon", "coordinates": SQUARE}
    features = [{"type": "Feature", "properties": ward, "geometry": shape} for ward in wards]
    return json.dumps({"type": "FeatureCollection", "features": features})


def ward(code: str, *, name: str = "Ashby", **more: str) -> dict[str, str]:
    """Properties of a ward."""
    return {"code": code, "name": name, "district": "Northshire", **more}


def written(outlines: MapOutlines, root: Path) -> str:
    """The script that was published."""
    return (root / outlines.url.removeprefix("../../app/static/")).read_text(encoding="ascii")


def test_what_is_published_is_what_was_given(tmp_path: Path) -> None:
    geojson = collection(ward("A"), ward("B"))
    outlines = publish_outlines(geojson, ["A", "B"], root=tmp_path)
    assert (outlines.ward_codes, outlines.n, outlines.bounds) == (("A", "B"), 2, (-1.0, 52.0, -0.9, 52.1))
    script = written(outlines, tmp_path).removeprefix("window.wardOutlines=").removesuffix(";\n")
    assert json.loads(script) == json.loads(geojson)


@pytest.mark.parametrize("name", ["<img src=x onerror=alert(1)>", "</script>", "<!--", "\u2028\u2029", "Sant Fflur ŵ"])
def test_a_name_cannot_leave_its_string(name: str, tmp_path: Path) -> None:
    script = written(publish_outlines(collection(ward("A", name=name)), ["A"], root=tmp_path), tmp_path)
    assert "<" not in script
    assert script.isascii()
    assert json.loads(script.split("=", 1)[1].removesuffix(";\n"))["features"][0]["properties"]["name"] == name


@pytest.mark.parametrize("codes", [["B", "A"], ["A"], ["A", "B", "C"], []])
def test_other_wards_or_another_order_are_refused(codes: list[str], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not these wards in this order"):
        publish_outlines(collection(ward("A"), ward("B")), codes, root=tmp_path)


def test_no_wards_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no ward"):
        publish_outlines(collection(), [], root=tmp_path)


def test_a_value_among_the_properties_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="other than code, name and district"):
        publish_outlines(collection(ward("A", referrals="3")), ["A"], root=tmp_path)


def test_the_version_changes_with_outlines_and_with_districts(tmp_path: Path) -> None:
    one = publish_outlines(collection(ward("A")), ["A"], root=tmp_path)
    renamed = publish_outlines(collection(ward("A", name="Oadby")), ["A"], root=tmp_path)
    lined = publish_outlines(collection(ward("A")), ["A"], district_lines=collection(), root=tmp_path)
    assert len({one.version, renamed.version, lined.version}) == 3
    assert one.url == lined.url
