"""What tests of a project lay down, and what they are told."""

import json


def package(session, name, files, folder="node_modules"):
    """Lays a package as an installer would: its files first, then all at once in place."""
    for file, text in {"package.json": {"name": name}, **files}.items():
        session.write(f"{folder}/{name}/{file}", text if isinstance(text, str) else json.dumps(text))


def told(result):
    return result.error["evalue"] + "\n" + "\n".join(result.error["traceback"])
