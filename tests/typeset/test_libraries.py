"""Libraries are found by the names of their files."""

import ctypes.util
import subprocess
import sys

import pytest

from briefgen.typeset.libraries import found_by_file_name


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere ctypes searches without compilers")
def test_nothing_is_searched_while_the_block_runs() -> None:
    search = ctypes.util.find_library
    with found_by_file_name():
        assert ctypes.util.find_library("c") is None
    assert ctypes.util.find_library is search


def test_weasyprint_is_loaded_without_a_process() -> None:
    script = (
        "import subprocess; subprocess.Popen = None; from briefgen.typeset.libraries import "
        "found_by_file_name\nwith found_by_file_name(): import weasyprint"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
