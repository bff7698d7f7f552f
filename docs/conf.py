"""Configuration of the documentation site: ``python -m sphinx -W docs docs/_build`` or ``python scripts/build_docs.py``."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE / "_ext"), str(HERE.parent)]

from skm._version import __version__  # noqa: E402

project = "skm"
author = "The skm developers"
copyright = "2026, The skm developers"  # noqa: A001
release = version = __version__
language = "id"
extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "numpydoc",
    "sphinx_copybutton",
    "made_pages",
    "indonesian_search",
]
exclude_patterns = ["_build", "_ext", "_locale", "jupyter_execute", "**.ipynb_checkpoints"]
root_doc = "index"

html_theme = "pydata_sphinx_theme"
html_title = "skm"
html_static_path = ["_static"]
html_css_files = ["skm.css"]
html_show_sourcelink = False
html_theme_options = {
    "navbar_end": ["theme-switcher"],
    "footer_start": ["copyright"],
    "footer_end": [],
    "header_links_before_dropdown": 6,
    "show_prev_next": True,
    "navigation_with_keys": False,
    "collapse_navigation": True,  # else every page carries the list of all names
    "pygments_light_style": "default",
    "secondary_sidebar_items": ["page-toc"],
    # Nothing of the site is fetched from elsewhere: offices read it without a network.
    "external_links": [],
}
html_search_language = "id"
html_search_scorer = str(HERE / "_ext" / "scorer.js")
locale_dirs = ["_locale"]  # words of the theme that have no Indonesian of their own

myst_enable_extensions = ["colon_fence", "deflist", "attrs_inline"]
myst_heading_anchors = 3
suppress_warnings = ["myst.header"]
nb_execution_mode = "off"  # notebooks come with their outputs; tests execute them

autosummary_generate = True
autodoc_typehints = "none"  # numpydoc says the types in words
autodoc_member_order = "bysource"
numpydoc_show_class_members = False
numpydoc_class_members_toctree = False
numpydoc_xref_param_type = False
nitpicky = False
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
