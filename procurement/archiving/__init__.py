"""An edition to keep: data, dictionary, code lists, manifest and pages that work from disk, in one zip."""
