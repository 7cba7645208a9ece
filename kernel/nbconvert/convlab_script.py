"""`jupyter nbconvert --to script` for TypeScript: one module that compiles, though cells declare names anew."""

import subprocess
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from nbconvert.exporters.exporter import Exporter
from nbconvert.exporters.script import ScriptExporter
from traitlets import default


class TypeScriptExporter(ScriptExporter):
    """Hands the notebook to the convlab that is installed as a kernel; without one, joins the cells as they are."""

    @default("file_extension")
    def _file_extension_default(self):
        return ".ts"

    def from_notebook_node(self, nb, resources=None, **kw):
        command = _command()
        if command is None:
            self.log.warning("convlab is not installed as a kernel: cells that declare a name anew won't compile")
            nb = nb.copy()
            nb.metadata = {"language_info": {"file_extension": ".ts", "mimetype": "text/typescript"}}
            return super().from_notebook_node(nb, resources, **kw)
        self.output_mimetype = "text/typescript"
        prepared, resources = Exporter.from_notebook_node(self, nb, resources, **kw)
        written = subprocess.run(
            command, input=nbformat.writes(prepared), capture_output=True, encoding="utf-8", check=False
        )
        if written.returncode != 0:
            raise RuntimeError(f"convlab can't export this notebook: {written.stderr.strip()}")
        return written.stdout, resources


def _command():
    """The Node of a kernel of ours, and the program beside the kernel that exports."""
    for spec in KernelSpecManager().get_all_specs().values():
        spec = spec["spec"]
        if "convlab" not in spec.get("metadata", {}):
            continue
        node, kernel = spec["argv"][:2]
        program = Path(kernel).with_name("export-notebook.cjs")
        if program.exists():
            return [node, str(program)]
    return None
