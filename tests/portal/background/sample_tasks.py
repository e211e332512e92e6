from django_tasks import task

ran: list[str] = []


@task()
def note(word: str) -> None:
    ran.append(word)
