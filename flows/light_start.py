"""What makes a command start fast, set before anything large is imported.

Measured on `jiaokan preview` of a short document, in CPU time of the whole process.
"""

import gc
import os

# There is no linear algebra here; the threads that numpy starts for it cost 0.3 s.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Looking for plugins of pydantic costs 0.02 s; nothing here comes with one.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
# Imports make many objects and no garbage; looking for it at the usual pace costs 0.04 s.
gc.set_threshold(100_000)
