"""TLS with a certificate the site makes for itself, as a browser on the same network meets it."""

import pathlib
import ssl
import stat
import subprocess
import tempfile
import unittest
import urllib.error
import urllib.request

from site_under_test import PROGRAM, REPOSITORY, DemonstrationSite, made_site


class TLSTest(unittest.TestCase):
    def test_a_self_made_certificate_is_trusted_once_it_is_handed_out(self):
        with DemonstrationSite(["--tls", "--name", "site.example"]) as site:
            self.assertTrue(site.address.startswith("https://"))
            keys = pathlib.Path(site.folder.name, "site", "keys")
            self.assertEqual(stat.S_IMODE((keys / "tls.key").stat().st_mode), 0o600)
            shown = subprocess.run(
                ["openssl", "x509", "-in", str(keys / "tls.crt"), "-noout", "-ext",
                 "subjectAltName"], capture_output=True, text=True, check=True).stdout
            self.assertIn("DNS:site.example", shown)
            trusting = ssl.create_default_context(cafile=keys / "tls.crt")
            with urllib.request.urlopen(
                site.address + "/sign-in", context=trusting, timeout=60
            ) as answer:
                self.assertEqual(answer.headers["Strict-Transport-Security"], "max-age=31536000")
            with self.assertRaises(urllib.error.URLError):
                urllib.request.urlopen(site.address + "/sign-in", timeout=60)
            # Nothing older than TLS 1.2 (RFC 8996).
            port = site.address.rsplit(":", 1)[1]
            old = subprocess.run(
                ["openssl", "s_client", "-connect", f"127.0.0.1:{port}", "-tls1_1"],
                stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
            self.assertNotIn("BEGIN CERTIFICATE", old.stdout)

    def test_a_certificate_needs_its_key(self):
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "chain.pem").write_text("no certificate")
            for options in (
                ["--tls", "--certificate", f"{folder}/chain.pem"],
                ["--certificate", f"{folder}/chain.pem", "--key", f"{folder}/chain.pem"],
                ["--tls", "--certificate", f"{folder}/chain.pem", "--key", f"{folder}/chain.pem"],
            ):
                answer = subprocess.run(
                    [PROGRAM, "demo", "--directory", f"{made_site().name}/site", "--port", "0",
                     *options], cwd=REPOSITORY,
                    capture_output=True, text=True, timeout=600)
                self.assertNotEqual(answer.returncode, 0, options)
                self.assertIn("error:", answer.stderr)
