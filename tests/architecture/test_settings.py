"""Settings fail loudly, production is safe, and the documents say what there is."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.production",
    "PORTAL_SECRET_KEY": "een-lange-reeks-van-tekens-die-niemand-raadt-0123456789-abcdefgh",
    "PORTAL_BASE_URL": "https://portaal.example",
    "PORTAL_ALLOWED_HOSTS": "portaal.example",
}


@pytest.fixture
def manage(project_root, tmp_path):
    """Runs manage.py in a process of its own with exactly the given variables."""

    def run(*arguments: str, **variables: str | None) -> subprocess.CompletedProcess[str]:
        plain = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PORTAL_", "DATABASE_", "DJANGO_", "EMAIL_"))
        }
        given = {**plain, "PORTAL_DATA_DIR": str(tmp_path / "data"), **variables}
        environment = {name: value for name, value in given.items() if value is not None}
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=project_root, env=environment, capture_output=True, text=True)

    return run


def test_production_settings_pass_the_deployment_check(manage):
    result = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert result.returncode == 0, result.stderr[-3000:]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"PORTAL_SECRET_KEY": None}, "De omgevingsvariabele PORTAL_SECRET_KEY ontbreekt."),
        ({"PORTAL_SECRET_KEY": "kort"}, "PORTAL_SECRET_KEY heeft een vreemde waarde"),
        ({"PORTAL_BASE_URL": "http://portaal.example"}, "PORTAL_BASE_URL heeft een vreemde waarde"),
        ({"PORTAL_ALLOWED_HOSTS": "*"}, "PORTAL_ALLOWED_HOSTS moet de namen noemen"),
        ({"PORTAL_SSL_REDIRECT": "misschien"}, "schrijf ja of nee"),
        ({"DATABASE_URL": "mysql://a@b/c"}, "alleen SQLite en PostgreSQL"),
        ({"DATABASE_URL": "onzin"}, "DATABASE_URL heeft een vreemde waarde"),
        ({"EMAIL_PORT": "vijfentwintig"}, "EMAIL_PORT heeft een vreemde waarde"),
        ({"PORTAL_METRICS_NETWORKS": "thuis"}, "PORTAL_METRICS_NETWORKS heeft een vreemde waarde"),
        ({"PORTAL_SEARCH_ENGINE": "solr"}, "kies uit"),
        ({"PORTAL_ALOWED_HOSTS": "x"}, "Onbekende omgevingsvariabele: PORTAL_ALOWED_HOSTS"),
    ],
)
def test_a_strange_setting_is_refused_with_a_sentence(manage, changed, sentence):
    result = manage("check", **{**PRODUCTION, **changed})
    assert result.returncode != 0
    assert sentence in result.stderr


def test_the_table_of_settings_is_complete(project_root):
    result = subprocess.run(
        [sys.executable, "-m", "portal.settings.table"],
        cwd=project_root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (project_root / "docs" / "instellingen.md").read_text(encoding="utf-8") == result.stdout


def test_the_handbook_names_only_commands_that_exist(project_root):
    from django.core.management import get_commands

    text = (project_root / "docs" / "beheer.md").read_text(encoding="utf-8")
    named = set(re.findall(r"manage\.py ([a-z_]+)", text))
    assert named - set(get_commands()) == set()
    targets = set(re.findall(r"^([a-z-]+):", (project_root / "Makefile").read_text(encoding="utf-8"), re.M))
    assert set(re.findall(r"make ([a-z]+)", text)) - targets == set()


def test_every_dependency_has_its_reason(project_root):
    text = (project_root / "docs" / "afhankelijkheden.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| ([A-Za-z0-9-]+) \| \S", text, re.M)) - {"pakket", "---"}
    wanted: set[str] = set()
    for name in ("production.in", "development.in"):
        lines = (project_root / "requirements" / name).read_text(encoding="utf-8").splitlines()
        wanted |= {
            re.split(r"[\[<>=; ]", line)[0] for line in lines if line and not line.startswith(("#", "-"))
        }
    assert explained == wanted


def test_the_locks_name_hashes_and_no_registry(project_root):
    for name in ("production.txt", "development.txt"):
        text = (project_root / "requirements" / name).read_text(encoding="utf-8")
        assert "://" not in text and "--index-url" not in text
        pinned = re.findall(r"^[A-Za-z0-9_.-]+(?:\[[^]]+\])?==", text, re.M)
        assert len(pinned) > 30
        for block in re.split(r"\n(?=[A-Za-z0-9_.-]+(?:\[[^]]+\])?==)", text)[1:]:
            assert "--hash=sha256:" in block, block.splitlines()[0]


def test_no_setting_is_read_past_the_declarations(project_root: Path):
    """`os.environ` elsewhere would be a setting that no table shows."""
    allowed = {"portal/wsgi.py", "portal/asgi.py", "manage.py"}
    readers = [
        str(path.relative_to(project_root))
        for root in ("portal", "cases", "network", "search")
        for path in sorted((project_root / root).rglob("*.py"))
        if re.search(r"os\.environ|os\.getenv|getenv\(", path.read_text(encoding="utf-8"))
    ]
    own_processes = {
        "portal/operations/gunicorn_config.py",
        "portal/operations/metrics.py",
        "portal/operations/moving.py",
        "portal/operations/postgres.py",
        "portal/operations/trial.py",
        "portal/operations/management/commands/serve.py",
    }
    assert {
        name for name in readers if not name.startswith("portal/settings/")
    } - allowed - own_processes == set()
