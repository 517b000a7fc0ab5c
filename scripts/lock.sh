#!/bin/sh
# Resolves the lock files again: runtime; with the embedded servers; with the test tools.
set -eu
cd "$(dirname "$0")/.."
resolve() {
    target=$1
    shift
    .venv/bin/uv pip compile --quiet pyproject.toml "$@" --generate-hashes --no-emit-index-url \
        --no-emit-find-links --no-header --python-version 3.11 --output-file "$target"
}
resolve requirements.lock
resolve requirements-local.lock --extra local
resolve requirements-dev.lock --extra local --extra dev
