"""Writes the bill of materials of the product, docs/sbom.cdx.json, from requirements.txt: `python -m docs.make_sbom`.

CycloneDX 1.6, by the library that stands behind `cyclonedx-py`. That command itself names a package registry at every
component, repeats every hash in prose and knows no dependency; here each component has its hashes once and its place
in the graph. The same requirements give the same bytes: there is no serial number and no time in it.
"""

import sys
import tomllib
from collections.abc import Iterable

from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, Property, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.bom_ref import BomRef
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.dependency import Dependency
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from docs.pinned import PRODUCT, PROJECT, Pinned, read_pinned

SBOM = PROJECT / "docs" / "sbom.cdx.json"
_HASHES_OF = "the files of this version that may be installed"


def sbom_text(pinned: Iterable[Pinned]) -> str:
    """Write the bill of materials as JSON, checked against the CycloneDX schema (addresses apart, which PackageURL spells).

    Raises
    ------
    ValueError
        If it does not keep to the schema.
    """
    packages = sorted(pinned, key=lambda one: (one.name, one.version))
    bom = Bom(components=[_component(one) for one in packages])
    product = _product()
    bom.metadata.component = product
    bom.dependencies = _graph(packages, product=str(product.bom_ref))
    # The library's own way of leaving out what would differ each time, as `cyclonedx-py --output-reproducible` does.
    bom.serial_number = bom.metadata.timestamp = None  # type: ignore[assignment]
    text = JsonV1Dot6(bom).output_as_string(indent=1) + "\n"
    faults = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if faults is not None:
        raise ValueError(f"The bill of materials breaks the CycloneDX schema: {faults}")
    return text


def _product() -> Component:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return Component(
        type=ComponentType.APPLICATION,
        name=project["name"],
        version=project["version"],
        description=project["description"],
        licenses=[LicenseExpression(project["license"]["text"])],
        bom_ref=project["name"],
    )


def _component(one: Pinned) -> Component:
    files = ExternalReference(
        type=ExternalReferenceType.DISTRIBUTION,
        url=XsUri(one.purl),
        comment=_HASHES_OF,
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=content) for content in one.hashes],
    )
    return Component(
        type=ComponentType.LIBRARY,
        name=one.name,
        version=one.version,
        purl=PackageURL.from_string(one.purl),
        bom_ref=one.purl,
        external_references=[files],
        properties=[Property(name="ward-overlap:only-where", value=one.marker)] if one.marker else [],
    )


def _graph(packages: list[Pinned], *, product: str) -> list[Dependency]:
    needs: dict[str, set[str]] = {product: set(), **{one.purl: set() for one in packages}}
    for one in packages:
        for by in one.wanted_by:
            users = [product] if by.startswith("-r ") else [each.purl for each in packages if each.name == by]
            for user in users:
                needs[user].add(one.purl)
    return [
        Dependency(BomRef(user), dependencies=[Dependency(BomRef(used)) for used in sorted(all_used)])
        for user, all_used in needs.items()
    ]


if __name__ == "__main__":
    SBOM.write_text(sbom_text(read_pinned(PRODUCT)), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{SBOM.relative_to(PROJECT)}: {len(read_pinned(PRODUCT))} packages\n")
