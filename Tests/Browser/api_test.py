"""The API under schemathesis: whatever its document allows is answered as the document says."""

import os
import pathlib
import subprocess
import sys
import unittest
import urllib.request
import json

from site_under_test import PASSWORD, DemonstrationSite

# Examples for each operation: a handful in the full tests, more when a soak asks for them.
EXAMPLES = str(min(int(os.environ.get("SEEDLOT_CASES", "2")), 100))


class SchemathesisTest(unittest.TestCase):
    def test_every_operation_keeps_to_its_document(self):
        program = pathlib.Path(sys.executable).parent / "schemathesis"
        if not program.exists():
            self.skipTest("schemathesis is not in this environment")
        with DemonstrationSite() as site:
            request = urllib.request.Request(
                site.address + "/api/v1/session",
                json.dumps({"person": "supervisor", "password": PASSWORD}).encode())
            with urllib.request.urlopen(request, timeout=120) as answer:
                token = json.load(answer)["token"]
            run = subprocess.run(
                [str(program), "run", site.address + "/api/v1/openapi.json",
                 "--header", f"Authorization: Bearer {token}", "--phases", "fuzzing",
                 "--max-examples", EXAMPLES, "--request-timeout", "60",
                 "--checks", "not_a_server_error,status_code_conformance,"
                 "content_type_conformance,response_schema_conformance",
                 # Signing out would end the session of the run.
                 "--exclude-operation-id", "closeSession", "--seed", "1", "--no-color"],
                capture_output=True, text=True, timeout=900, cwd=site.folder.name)
            self.assertEqual(run.returncode, 0, run.stdout[-6000:] + run.stderr[-2000:])
