"""WSGI entry point for gunicorn; the environment is complete when it is loaded."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
