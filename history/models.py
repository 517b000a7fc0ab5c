"""The event tables belong to the models they follow; Django sends post_migrate
only to apps that have this module, and the rights are granted there."""
