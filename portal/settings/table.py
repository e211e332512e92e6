"""The table of all settings: `python -m portal.settings.table > docs/instellingen.md`."""

from __future__ import annotations

import importlib
import os
import sys
import tempfile
from collections.abc import Iterator

from portal.settings.environment import DECLARED, Variable

HEAD = """# Instellingen

Alles wat je bij het draaien kunt kiezen, staat in omgevingsvariabelen. Een vreemde waarde, of een onbekende naam die met
`PORTAL_` begint, houdt het portaal tegen met een zin die zegt wat er mis is.

Deze tabel wordt gemaakt uit de instellingen zelf, met `python -m portal.settings.table > docs/instellingen.md`.

| variabele | soort | zonder | op een openbaar adres | uitleg |
| --- | --- | --- | --- | --- |
"""

EXAMPLE_ENVIRONMENT = {
    "PORTAL_SECRET_KEY": "voorbeeld-" * 6,
    "PORTAL_BASE_URL": "https://voorbeeld.nl",
    "PORTAL_ALLOWED_HOSTS": "voorbeeld.nl",
}

# Modules that read settings and declare none; every other is read anew.
READERS = {"portal.settings.environment", "portal.settings.keys", "portal.settings.table"}


def declared_by(module: str) -> dict[str, Variable]:
    DECLARED.clear()
    for name in [name for name in sys.modules if name.startswith("portal.settings.") and name not in READERS]:
        del sys.modules[name]
    importlib.import_module(module)
    return dict(DECLARED)


def shown(default: str | None, data_dir: str) -> str:
    if default is None:
        return "verplicht"
    if not default:
        return "leeg"
    return f"`{default.replace(data_dir, '<gegevensmap>')}`"


def rows() -> Iterator[str]:
    for name in [name for name in os.environ if name.startswith(("PORTAL_", "EMAIL_", "DATABASE_"))]:
        del os.environ[name]
    # Importing settings makes the data directory; this one is thrown away.
    with tempfile.TemporaryDirectory() as place:
        os.environ["PORTAL_DATA_DIR"] = place
        local = declared_by("portal.settings.local")
        os.environ.update(EXAMPLE_ENVIRONMENT)
        production = declared_by("portal.settings.production")
        for name in sorted(local | production):
            variable = local.get(name) or production[name]
            here = shown(local[name].default, place) if name in local else "–"
            public = shown(production[name].default, place) if name in production else "–"
            if name == "PORTAL_DATA_DIR":
                here = public = "`var` in de map van het portaal"
            if name == "PORTAL_SECRET_KEY":
                here = "wordt gemaakt"
            yield f"| `{name}` | {variable.kind} | {here} | {public} | {variable.explanation} |\n"


def table() -> str:
    return HEAD + "".join(rows())


if __name__ == "__main__":
    sys.stdout.write(table())
