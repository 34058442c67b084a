"""Reads a YAML file, or every YAML file of a folder, and does nothing with it.

    python yaml_peer.py c|python|ruamel PATH
"""

import pathlib
import sys

kind, path = sys.argv[1], pathlib.Path(sys.argv[2])
files = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
if kind == "ruamel":
    import ruamel.yaml

    def load(text):
        return ruamel.yaml.YAML(typ="rt").load(text)
else:
    import yaml

    loader = yaml.CSafeLoader if kind == "c" else yaml.SafeLoader

    def load(text):
        return yaml.load(text, loader)


total = sum(len(load(file.read_text())) for file in files)
print(f"{total} keys")
