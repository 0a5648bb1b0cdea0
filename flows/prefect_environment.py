"""Defaults for Prefect, set before it is imported; whoever set a variable already is obeyed.

Prefect reads its settings from the environment while it is imported, so the files that import it
import this module first.
"""

import os

DEFAULTS = {
    # Nothing is sent anywhere. Without the second variable a run without network logs an error.
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    # The first start after an install compiles Prefect's byte code and took more than the usual
    # 20 seconds on a quiet machine with 4 cores; later ones take 7 to 11.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "300",
    # No linear algebra here: the threads that numpy would start for it cost 0.3 s of CPU time.
    "OPENBLAS_NUM_THREADS": "1",
}

for _name, _value in DEFAULTS.items():
    os.environ.setdefault(_name, _value)
