"""What every page shows."""

from django.utils.functional import SimpleLazyObject

from .models import Edition


def site(request):
    """`sample_notice`: whether anything on this site is sample data, looked up only where it is shown."""
    return {"sample_notice": SimpleLazyObject(lambda: Edition.objects.filter(is_sample=True).exists())}
