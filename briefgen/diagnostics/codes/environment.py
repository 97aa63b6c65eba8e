"""Problems of the machine and of the workspace as a whole: ENV, WSP."""

from __future__ import annotations

from briefgen.diagnostics.codes.code import Code
from briefgen.diagnostics.finding import Severity

ENVIRONMENT: tuple[Code, ...] = (
    Code(
        "ENV101",
        "missing-font",
        Severity.ERROR,
        """A font of the theme that is not installed, or not in both regular and bold.

        Why: another font would take its place, with other line breaks, or with boxes instead of
        Chinese characters. `briefgen doctor` names the command that installs it.

        Bad:  sans: Noto Sans CJK SC, on a system without that font
        Good: sudo apt-get install fonts-noto-cjk
              brew install --cask font-noto-sans-cjk-sc font-noto-serif-cjk-sc
        """,
    ),
    Code(
        "ENV102",
        "missing-fontconfig",
        Severity.ERROR,
        """No fontconfig, whose `fc-list` says which fonts are installed.

        Why: without it nobody knows whether the fonts of the theme are there; a report in other
        fonts is not the report.

        Bad:  a system without the package of fontconfig
        Good: sudo apt-get install fontconfig
              brew install fontconfig
        """,
    ),
    Code(
        "ENV103",
        "other-font-build",
        Severity.WARNING,
        """A font whose file is another build than those that the theme pins.

        Why: systems ship different builds of one family. Pages look the same or nearly so, and the
        bytes of the PDF differ: an edition made here cannot be compared with one made elsewhere.
        The finding has the SHA-256 of the file; who wants to make editions with it adds it to the
        face's list in the theme. A theme without `pins` takes any build.

        Bad:  regular: [b76b0433…], where the file installed has another SHA-256
        Good: regular: [b76b0433…, 2c76254f…]
        """,
    ),
    Code(
        "WSP101",
        "unknown-briefing",
        Severity.ERROR,
        """A briefing that the workspace does not have.

        Why: a briefing is a folder of `data/briefings/` that holds a `briefing.yaml`; the name of
        the folder is the name of the briefing.

        Bad:  briefgen build tfzq-kimi
        Good: briefgen build tfzq-kimi-2024-03-25
        """,
    ),
    Code(
        "WSP102",
        "no-briefing-name",
        Severity.ERROR,
        """An argument that cannot be the name of a briefing or a brokerage.

        Why: the name becomes a folder of `output/` and a part of file names; it must not lead
        anywhere else.

        Bad:  briefgen build data/briefings/tfzq-kimi-2024-03-25
        Good: briefgen build tfzq-kimi-2024-03-25
        """,
    ),
    Code(
        "WSP103",
        "no-workspace",
        Severity.ERROR,
        """No workspace in this folder or above.

        Why: a workspace is a folder that holds `data/workspace.yaml`; commands look for it from
        the current folder upwards, as git does.

        Bad:  briefgen build --all, called in the home folder
        Good: briefgen build --all --workspace desk
        """,
    ),
    Code(
        "WSP104",
        "folder-not-empty",
        Severity.ERROR,
        """A new workspace in a folder that holds something already.

        Why: files of the same name would be overwritten.

        Bad:  briefgen new .   in a folder with files
        Good: briefgen new desk
        """,
    ),
    Code(
        "WSP105",
        "name-taken",
        Severity.ERROR,
        """A new briefing or brokerage with the name of one that exists.

        Why: its files would be overwritten.

        Bad:  briefgen new brokerage tfzq
        Good: briefgen new brokerage my-house
        """,
    ),
    Code(
        "WSP106",
        "unknown-brokerage",
        Severity.ERROR,
        """A new briefing for a brokerage that the workspace does not have.

        Why: a brokerage is a file of `data/brokerages/`; its name, without `.yaml`, is the name of
        the brokerage. `briefgen new brokerage` makes one.

        Bad:  briefgen new briefing coffee-2026-03-02 --brokerage tfzg
        Good: briefgen new briefing coffee-2026-03-02 --brokerage tfzq
        """,
    ),
    Code(
        "WSP107",
        "nothing-written",
        Severity.ERROR,
        """A starting point that cannot be written.

        Why: the disk is full, the folder belongs to somebody else, or a register such as
        `sources.yaml` is written so that nothing can be added at its end. All files of a starting
        point are written or none.

        Bad:  {tfzq-kimi: {title: …, kind: report}}   as the whole of sources.yaml
        Good: tfzq-kimi: {title: …, kind: report}
        """,
    ),
    Code(
        "WSP108",
        "unfit-house",
        Severity.ERROR,
        """A name or a colour that the house of a new workspace cannot have.

        Why: the name is printed on every page, so it is one line of characters that can be seen;
        the colour goes into style sheets and charts as six hexadecimal digits.

        Bad:  briefgen new desk --colour brown
        Good: briefgen new desk --colour 6b4226
        """,
    ),
    Code(
        "WSP109",
        "own-settings",
        Severity.WARNING,
        """Settings of an editor that nothing can be added to.

        Why: editors allow comments in their settings, a program that wrote the file anew would lose
        them. The schemas themselves are written; completion waits for the entry.

        Bad:  { // fonts
              "editor.fontSize": 14 }
        Good: { "editor.fontSize": 14, "yaml.schemas": { … } }
        """,
    ),
)
"""Codes of fonts, workspaces and names of briefings."""
