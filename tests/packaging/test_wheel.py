"""The built wheel is complete: installed on its own, it makes briefings in an empty folder."""

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command away from this environment's own Python settings; return what it prints."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [os.fspath(part) for part in command],
        cwd=cwd,
        env=env | {"PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{command} exited with {done.returncode}:\n{done.stdout}"
    return done.stdout


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source archive, and the wheel that was built from that archive."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(dist: Path) -> Path:
    (path,) = dist.glob("briefgen-*.whl")
    return path


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of a fresh environment: the wheel, and the packages of this environment."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, symlinks=True)
    python = home / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check")
    run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=home)
    # A path file is not read for the path files beyond it, so the dependencies are found there
    # but the checkout, which this environment knows through such a file, is not.
    where = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home)
    ours = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    Path(where.strip(), "dependencies.pth").write_text("\n".join(sorted(ours)), encoding="utf-8")
    return python.parent


def source_files(folder: str) -> set[str]:
    files = (path for path in (ROOT / folder).rglob("*") if path.is_file())
    return {
        path.relative_to(ROOT).as_posix()
        for path in files
        if "__pycache__" not in path.parts and path.name != ".DS_Store"
    }


def test_wheel_contents(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    templates = source_files("templates")
    assert templates
    assert "briefgen/py.typed" in names
    assert source_files("briefgen") <= names
    assert {f"briefgen/bundled/{name}" for name in templates} <= names
    assert {name.partition("/")[0] for name in names if ".dist-info/" not in name} == {"briefgen"}
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_source_archive_contents(dist: Path) -> None:
    (path,) = dist.glob("briefgen-*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"LICENSE", "README.md", "pyproject.toml", "briefgen/py.typed"} <= names
    assert source_files("templates") <= names


def test_wheel_is_what_runs(scripts: Path, tmp_path: Path) -> None:
    where = run(scripts / "python", "-c", "import briefgen; print(briefgen.__file__)", cwd=tmp_path)
    assert Path(where.strip()).resolve().is_relative_to(scripts.parent.resolve())


def test_a_changed_number_of_a_new_desk_is_seen(scripts: Path, tmp_path: Path) -> None:
    run(scripts / "briefgen", "new", "desk", "--yes", "--language", "en", cwd=tmp_path)
    desk = tmp_path / "desk"
    (facts,) = desk.glob("data/briefings/*/facts.yaml")
    text = facts.read_text(encoding="utf-8")
    assert text.count("value: 90\n") == 1
    facts.write_text(text.replace("value: 90\n", "value: 97\n"), encoding="utf-8")
    run(scripts / "briefgen", "build", "--all", cwd=desk)
    briefings = [folder for folder in (desk / "output").iterdir() if folder.is_dir()]
    assert briefings
    for folder in briefings:
        pdf = folder / f"{folder.name}.pdf"
        assert pdf.is_file(), f"{pdf.relative_to(desk)} was not made"
        assert pdf.read_bytes().startswith(b"%PDF-")
        html = pdf.with_suffix(".html").read_text(encoding="utf-8").replace("\xa0", " ")
        assert html.count(">97 CNY per kg<") > 1
        assert ">90 CNY per kg<" not in html
