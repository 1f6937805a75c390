"""What pages use of local figures needs neither the audit nor what builds extracts."""

import subprocess
import sys


def test_pages_load_local_figures_without_the_audit() -> None:
    code = (
        "import sys, cscdash.local, cscdash.local.lines, cscdash.local.statements,"
        " cscdash.local.own_measures, cscdash.local.template, cscdash.views.data.local_upload;"
        "print([m for m in sys.modules if m.startswith(('cscdash.ingest', 'scipy',"
        " 'cscdash.disclosure.audit', 'cscdash.disclosure.suppression'))])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
