"""Work beside the request. A task names rows and may be done twice: what is done already stays as it is."""

from django_tasks import task


@task()
def work_on_upload(pk):
    """Reads the file, or takes it in: whatever its state asks for."""
    from .uploads import work_on  # it enqueues this task

    work_on(pk)
