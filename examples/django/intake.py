"""
A Django project in one file: a view that screens posted answers, and a page with the questionnaire.

Run it from the checkout, then open http://127.0.0.1:8000/ :

    pip install cart-screen django
    python examples/django/intake.py runserver --noreload

It needs nothing of the extra ``web``: the view calls the library, and the page's files are made by it.
"""

from __future__ import annotations

import sys
from datetime import date
from functools import cache

import django
from django.conf import settings
from django.core.management import execute_from_command_line
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from cart_screen import CartScreenError, load_criteria, screen
from cart_screen.answers.reading import LARGEST_DOCUMENT, read_checked_answers
from cart_screen.component.files import component_files

CRITERIA = load_criteria("us-fda")

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Before you talk with a specialist</title>
<script src="/questions/cart-screen.js" defer></script>
<main><cart-screen lang="en" criteria="us-fda"></cart-screen></main>
</html>
"""

# The page loads its own script and nothing else, and can send nothing.
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'"


@never_cache
@require_POST
@csrf_exempt  # It changes nothing and knows nobody: there is nothing to forge.
def screening(request: HttpRequest) -> JsonResponse:
    """Screen a document of answers; nothing of it is kept."""
    today = date.today()
    try:
        answers = read_checked_answers(request.body, "the body", CRITERIA.on(today).reading.dictionary)
        return JsonResponse(screen(answers, CRITERIA, today).to_dict())
    except CartScreenError as error:
        # The sentence may quote an answer: it goes to whoever has sent it, and into no log.
        return JsonResponse({"code": error.code, "detail": str(error)}, status=400)


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show the questionnaire."""
    return HttpResponse(PAGE, headers={"Content-Security-Policy": POLICY})


@require_GET
def file(request: HttpRequest, name: str) -> HttpResponse:
    """Give a file of the component. A project that is deployed would write them to its static files once a day."""
    files = made(date.today())
    if name not in files:
        raise Http404
    return HttpResponse(files[name], content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@cache
def made(day: date) -> dict[str, bytes]:
    """Make the files of a day."""
    return dict(component_files([CRITERIA], day))


urlpatterns = [
    path("", page),
    path("questions/<str:name>", file),
    path("screening", screening),
]

settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],
    SECRET_KEY="only-for-this-example",
    DATA_UPLOAD_MAX_MEMORY_SIZE=LARGEST_DOCUMENT,
    MIDDLEWARE=["django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware"],
    SECURE_REFERRER_POLICY="no-referrer",
)
django.setup()

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
