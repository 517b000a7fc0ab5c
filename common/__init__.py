"""Platform code without tables. Imports nobody of ours."""
