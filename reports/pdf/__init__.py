"""Paper: an official document in, a PDF out.

This file imports nothing: the rendering child starts without Django.
"""
