"""Pages of the site that are made, not written: catalogues and commands from declarations, documents from the root."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any

import click
from mkdocs.structure.files import File

import comity

ROOT = Path(__file__).parents[1]


def on_files(files: Any, config: Any) -> Any:
    """The made pages join the written ones."""
    pages = {
        "reference/commands.md": commands(),
        "reference/scenarios.md": scenarios(),
        **{f"reference/{kind}.md": mechanisms(kind) for kind in ("levers", "forces", "outcomes")},
        "reference/parameters.md": parameters(),
        "explanation/odd.md": document("model/ODD.md").replace("(TABLES.md)", "(tables.md)"),
        "explanation/tables.md": document("model/TABLES.md").replace("(ODD.md)", "(odd.md)"),
        "teaching.md": document("dashboard/TEACHING.md"),
        # lists inside lists are indented by four, as the site's reader of Markdown wants them
        "changes.md": re.sub(r"^  (- |  )", r"    \1", document("CHANGELOG.md"), flags=re.MULTILINE),
        "gallery.md": gallery(config),
    }
    for path, text in pages.items():
        files.append(File.generated(config, path, content=text))
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:
    """What the tests are told of a block of code is not for readers."""
    return re.sub(r"^```(\w+) no-run$", r"```\1", markdown, flags=re.MULTILINE)


def on_post_page(output: str, page: Any, **_: Any) -> str:
    """The theme's search asks another site for a script when a page is opened from a folder; ours lies beside it."""
    ours = "../" * page.file.dest_uri.count("/") + "look/folder.js"
    return output.replace("https://unpkg.com/iframe-worker/shim", ours)


def document(name: str) -> str:
    """A document of the repository, with its links to other files of the repository as plain names."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return re.sub(r"\[([^\]]+)\]\((?!https?:|#|TABLES\.md|ODD\.md)[^)]+\)", r"`\1`", text)


def commands() -> str:
    """What each verb says of itself."""
    from comity.cli import main
    from comity.cli.verbs import VERBS

    context = click.Context(main, info_name="comity")
    parts = ["# Commands\n\nWhat `comity --help` and `comity VERB --help` print.\n"]
    parts += [f"```text\n{main.get_help(context)}\n```\n"]
    for name in VERBS:
        verb = main.get_command(context, name)
        assert verb is not None
        parts += _verb(verb, click.Context(verb, info_name=name, parent=context), f"comity {name}")
    return "\n".join(parts)


def _verb(verb: click.Command, context: click.Context, title: str) -> list[str]:
    parts = [f"## {title}\n\n```text\n{verb.get_help(context)}\n```\n"]
    if isinstance(verb, click.Group):
        for name in verb.list_commands(context):
            below = verb.get_command(context, name)
            assert below is not None
            parts += _verb(below, click.Context(below, info_name=name, parent=context), f"{title} {name}")
    return parts


def scenarios() -> str:
    """Regions, packages, calendars and whole scenarios that are shipped."""
    parts = ["# Scenarios that are shipped\n"]
    for kind in ("regions", "packages", "calendars", "scenarios"):
        parts += [f"## {kind.capitalize()}\n\n| name | title | story |\n| --- | --- | --- |"]
        parts += [
            f"| `{each['name']}` | {_cell(each.get('title', ''))} | {_cell(each.get('claim', ''))} |"
            for each in comity.catalogue(kind)
        ]
        parts.append("")
    return "\n".join(parts)


def mechanisms(kind: str) -> str:
    """Each lever, force or outcome with its claim and all that its declaration says."""
    parts = [f"# {kind.capitalize()}\n"]
    for each in comity.catalogue(kind):
        parts.append(f"## {each['name']}\n\n{each['claim']}\n")
        rows = [
            (key, value)
            for key, value in each.items()
            if key not in ("name", "claim", "parameters") and value not in (None, "", [], {})
        ]
        if rows:
            parts.append("| | |\n| --- | --- |")
            parts += [f"| {key.replace('_', ' ')} | {_cell(value)} |" for key, value in rows]
            parts.append("")
    return "\n".join(parts)


def parameters() -> str:
    """Every number with unit, bounds, default, prior and source, each under the mechanism that declares it."""
    parts = ["# Parameters\n\nEvery number is declared once; these tables are made from the declarations.\n"]
    keys = ("claim", "unit", "default", "bounds", "prior", "source")
    told: dict[str, list[str]] = {}
    for each in comity.catalogue("parameters"):
        mechanism, _, name = each["name"].rpartition(".")
        choice = ", ".join(each.get("options", []))
        each = {**each, "bounds": choice or f"{each['low']:g} to {each['high']:g}"}
        cells = [f"`{name}`", *(_cell(each.get(key, "")) for key in keys)]
        told.setdefault(mechanism, []).append(f"| {' | '.join(cells)} |")
    for mechanism, rows in told.items():
        parts.append(f"\n## {mechanism}\n\n| name | what | unit | default | bounds | prior | source |")
        parts += ["| --- " * (len(keys) + 1) + "|", *rows]
    return "\n".join(parts)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        value = ", ".join(f"{key} {item}" for key, item in value.items())
    if isinstance(value, list | tuple):
        value = ", ".join(str(item) for item in value)
    return " ".join(str(value).split()).replace("|", "\\|").replace("<", "&lt;")


def gallery(config: Any) -> str:
    """The pictures of the notebooks, each under the notebook's question."""
    parts = ["# Gallery\n\nPictures of the notebooks, as they came out when they were last run.\n"]
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        told = json.loads(path.read_text(encoding="utf-8"))
        title = "".join(told["cells"][0]["source"]).splitlines()[0].lstrip("# ")
        shown = [
            out["data"]["image/png"]
            for cell in told["cells"]
            for out in cell.get("outputs", [])
            if "image/png" in out.get("data", {})
        ]
        if shown:
            parts.append(f"## {title}\n")
            for number, picture in enumerate(shown):
                target = Path(config.site_dir) / "gallery" / f"{path.stem}-{number}.png"
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(base64.b64decode(picture))
                parts.append(f'<img src="gallery/{target.name}" alt="{title}: picture {number + 1}" loading="lazy">\n')
    return "\n".join(parts)
