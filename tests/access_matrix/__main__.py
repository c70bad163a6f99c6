"""Write table.csv as the house answers now: `python -m tests.access_matrix`, then read the diff."""

import os
import subprocess
import sys

# Through pytest: it brings the settings, keys and an empty database of a test.
WALK = ["-m", "pytest", "tests/access_matrix", "-k", "proposal", "-p", "no:randomly", "-q"]

sys.exit(
    subprocess.run(
        [sys.executable, *WALK], env={**os.environ, "PROPOSE_MATRIX": "1"}, check=False
    ).returncode
)
