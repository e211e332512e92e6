"""People: the user, who may find what (audiences); sign-in flows come with the community."""
