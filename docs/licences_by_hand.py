"""What packages do not say of themselves, and what their files carry inside: told by hand, each with where it was read."""

from dataclasses import dataclass

SAME = {
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "3-Clause BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Python Software Foundation License": "PSF-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
"""Licences as packages name them, and their SPDX names."""

LICENCES = {
    **dict.fromkeys(("altair", "authlib", "cloudpickle", "esda", "httpx", "itsdangerous"), "BSD-3-Clause"),
    **dict.fromkeys(("jinja2", "joserfc", "libpysal", "scipy"), "BSD-3-Clause"),
    **dict.fromkeys(("contourpy", "cycler", "kiwisolver"), "BSD-3-Clause"),
    **dict.fromkeys(("dask-geopandas", "partd", "zict"), "BSD-3-Clause"),
    **dict.fromkeys(("django-js-lib-leaflet", "locket"), "BSD-2-Clause"),
    "streamlit-folium": "MIT",
    "colorama": "BSD-3-Clause",
}
"""Where the metadata say only `BSD License`, or nothing: read in the licence file of the package or of its project."""

HOMES = {
    "anyio": "https://github.com/agronholm/anyio",
    "attrs": "https://github.com/python-attrs/attrs",
    "cffi": "https://github.com/python-cffi/cffi",
    "charset-normalizer": "https://github.com/jawah/charset_normalizer",
    "colorama": "https://github.com/tartley/colorama",
    "django-js-lib-leaflet": "https://leafletjs.com/",
    "lazy-importer": "https://github.com/python/importlib_metadata",
    "streamlit-folium": "https://github.com/randyzwitch/streamlit-folium",
    "urllib3": "https://github.com/urllib3/urllib3",
}
"""Where the metadata name no home, or a list of changes."""

WEAK = {
    "certifi": "a list of certificate authorities; imported as it is, unmodified",
    "docxtpl": "a Python package that fills in Word templates; imported as it is, unmodified, and replaceable",
    **dict.fromkeys(
        ("psycopg", "psycopg-binary"),
        "the driver of PostgreSQL; imported as it is, unmodified, and replaceable: any build of it will do",
    ),
}
"""Packages under a licence that asks for changes to the package itself to be passed on, and how they are used."""


@dataclass(frozen=True)
class Bundled:
    """Something of others inside a package's files."""

    carrier: str
    what: str
    licence: str
    """SPDX."""
    note: str
    """How it comes in and where the licence was read."""
    libraries: tuple[str, ...] = ()
    """Shared libraries beside the package (Linux): the starts of their names."""


_RUNTIME = "A shared library of its own; the exception lets programs use it. Read in the wheel's licence file."
_QUADMATH = "A shared library of its own, unmodified and replaceable. Read in the wheel's licence file."

BUNDLED = (
    Bundled(
        "shapely",
        "GEOS 3.14",
        "LGPL-2.1-only",
        "Shared libraries of their own, unmodified and replaceable (Shapely builds against any GEOS). "
        "Read in the wheel's LICENSE_GEOS.",
        ("libgeos",),
    ),
    Bundled(
        "pyogrio",
        "GDAL 3.12",
        "MIT",
        "A shared library of its own, `libgdal`. Read in the wheel's `gdal_data/LICENSE.TXT`, as are the small parts that GDAL "
        "takes from others.",
        ("libgdal",),
    ),
    Bundled(
        "pyogrio",
        "GEOS 3.14, within `libgdal`",
        "LGPL-2.1-only",
        "Unmodified; pyogrio builds against any GDAL, so the whole of `libgdal` can be replaced. Version asked of the library.",
    ),
    Bundled(
        "pyogrio",
        "SpatiaLite 5.1, within `libgdal`",
        "MPL-1.1 OR GPL-2.0-or-later OR LGPL-2.1-or-later",
        "Taken under MPL-1.1; unmodified. Its two optional parts under the GPL are not built in: the library itself says "
        "HasRtTopo 0 and HasGCP 0, and a test asks it again.",
    ),
    Bundled(
        "pyogrio",
        "PROJ, SQLite, libcurl, OpenSSL, Expat, libxml2, libkml and others, within `libgdal`",
        "MIT AND blessing AND curl AND Apache-2.0 AND BSD-3-Clause",
        "Seen in the library's symbols; the wheel carries no list of them.",
    ),
    Bundled(
        "pyproj",
        "PROJ 9.5, libcurl, nghttp2, SQLite, libtiff",
        "MIT AND curl AND blessing AND libtiff",
        "Shared libraries. PROJ's licence is in the wheel (LICENSE_proj); the others' are those of their projects.",
        ("libproj", "libcurl", "libnghttp2", "libsqlite3", "libtiff"),
    ),
    *(
        Bundled(
            carrier,
            "OpenBLAS with LAPACK",
            "BSD-3-Clause AND BSD-3-Clause-Open-MPI",
            "Read in the wheel's licence file.",
            ("libscipy_openblas",),
        )
        for carrier in ("numpy", "scipy")
    ),
    *(
        Bundled(carrier, "GCC runtime", "GPL-3.0-or-later WITH GCC-exception-3.1", _RUNTIME, (library,))
        for carrier, library in (("numpy", "libgfortran"), ("scipy", "libgfortran"), ("scikit-learn", "libgomp"))
    ),
    *(
        Bundled(carrier, "libquadmath", "LGPL-2.1-or-later", _QUADMATH, ("libquadmath",))
        for carrier in ("numpy", "scipy")
    ),
    Bundled(
        "psycopg-binary",
        "libpq 18, OpenSSL 3.5, Kerberos 5 1.22, libcom_err, OpenLDAP, Cyrus SASL",
        "PostgreSQL AND Apache-2.0 AND MIT AND OLDAP-2.8 AND BSD-Attribution-HPND-disclaimer",
        "Shared libraries, seen by their names, the versions that they say, and the wheel's bill of materials, which names those "
        "that come from CentOS 7. Cyrus SASL asks to be named: this product includes software developed by Computing Services at "
        "Carnegie Mellon University (http://www.cmu.edu/computing/).",
        (
            *("libpq", "libcrypto", "libssl", "libcom_err", "libgssapi_krb5", "libk5crypto", "libkrb5"),
            *("liblber", "libldap", "libsasl2"),
        ),
    ),
    Bundled(
        "psycopg-binary",
        "libkeyutils 1.5, libcrypt of glibc 2.17",
        "LGPL-2.1-or-later",
        "Shared libraries of their own, unmodified and replaceable (psycopg builds against any libpq, which needs neither).",
        ("libkeyutils", "libcrypt-"),
    ),
    Bundled(
        "pillow",
        "libjpeg-turbo, libpng, libtiff, libwebp, OpenJPEG, Little CMS, FreeType, HarfBuzz, Raqm, libavif, Brotli, "
        "zlib-ng, liblzma, Zstandard, libxcb, libXau",
        "IJG AND libpng-2.0 AND libtiff AND BSD-3-Clause AND BSD-2-Clause AND MIT AND FTL AND Zlib AND 0BSD AND X11",
        "Shared libraries. FreeType, which also offers the GPL, is taken under FTL. Read in the wheel's LICENSE.",
        (
            *("libXau", "libavif", "libbrotli", "libfreetype", "libharfbuzz", "libjpeg", "liblcms2", "liblzma"),
            *("libopenjp2", "libpng16", "libsharpyuv", "libtiff", "libwebp", "libxcb", "libzstd"),
        ),
    ),
    Bundled(
        "pyarrow",
        "Arrow and Parquet in C++, and what these take from others",
        "Apache-2.0",
        "The parts taken from others are under permissive licences, listed in the wheel's LICENSE.txt and NOTICE.txt.",
    ),
    Bundled(
        "matplotlib",
        "FreeType, Agg, Qhull; DejaVu and STIX fonts",
        "FTL AND BSD-3-Clause AND Bitstream-Vera AND OFL-1.1",
        "FreeType, which also offers the GPL, is taken under FTL. The fonts may be passed on with programs and put into "
        "documents. Read in the licence files beside the fonts and of the projects.",
    ),
    Bundled(
        "lxml",
        "libxml2, libxslt, zlib",
        "MIT AND Zlib",
        "Within its own library. Read in the wheel's LICENSES.txt, as are the schemas it carries; its test script under the GPL "
        "is not in the wheel.",
    ),
    Bundled(
        "typst",
        "Typst and the Rust libraries it is made of; Libertinus, New Computer Modern and DejaVu Sans Mono fonts",
        "Apache-2.0 AND MIT AND Unicode-3.0 AND BSD-3-Clause AND MPL-2.0 AND OFL-1.1 AND Bitstream-Vera",
        "Within its own library; every Rust library with its licence is in the wheel's own bill of materials. One small one "
        "(`option-ext`) is under MPL-2.0, unmodified.",
    ),
    Bundled(
        "cryptography", "OpenSSL 4.0", "Apache-2.0", "Within its own library; the version is what that library says."
    ),
    Bundled(
        "django-js-lib-leaflet",
        "Leaflet 1.9.4",
        "BSD-2-Clause",
        "The map's program, copied unmodified from the package into `static/` at start, copyright line and all. "
        "Read in the wheel's LICENSE.",
    ),
    Bundled(
        "plotly",
        "plotly.js 4.1.1 with the libraries it is built from, and small data sets for examples",
        "MIT",
        "Neither is sent to a browser or read here: the scatter is drawn by the plotly.js that Streamlit carries. The licence "
        "stands at the head of the file; the libraries and the data sets (Gapminder's among them) were not checked one by one.",
    ),
    Bundled(
        "streamlit",
        "its web application, built from npm packages (React, Vega, Plotly, deck.gl and several hundred more)",
        "Apache-2.0 AND MIT AND BSD-3-Clause AND ISC",
        "The wheel carries no list; the project keeps one, file NOTICES of its repository. Not checked package by package here.",
    ),
    Bundled(
        "streamlit-folium",
        "its part in the browser, with Bootstrap's style sheet",
        "MIT",
        "`package-lock.json` in the wheel names the licences of what it is built with: MIT, ISC, BSD and Apache-2.0 but for "
        "build tools under others.",
    ),
    Bundled(
        "tzdata",
        "the time zone database",
        "LicenseRef-public-domain",
        "Not in the wheel's licence file: that of its project.",
    ),
)
"""Versions are those of the files for Linux, CPython 3.11; files for other systems were not looked into."""
