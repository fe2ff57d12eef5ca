"""
An intake application of one's own, with cart_screen's router under a path of it.

Run it from the checkout, then open http://127.0.0.1:8000/cart/demo :

    pip install 'cart-screen[web]'
    uvicorn --app-dir examples/fastapi --no-access-log intake:app

The application keeps its own way of saying what is wrong; the router's endpoints answer with problem documents.
"""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import Depends, FastAPI, Header, HTTPException
from fastapi.responses import JSONResponse
from starlette.requests import Request

from cart_screen.web import create_router

# In earnest this comes from where secrets are kept.
STAFF_KEY = "only-for-this-example"


def staff(key: Annotated[str, Header(alias="X-Staff-Key")] = "") -> None:
    """Let only the staff ask; the demo page and its files stay open to all."""
    if not secrets.compare_digest(key.encode(), STAFF_KEY.encode()):
        raise HTTPException(401, "Send the staff key.")


app = FastAPI(title="Intake of a hospital", docs_url=None, redoc_url=None)


@app.exception_handler(HTTPException)
async def said_our_way(request: Request, error: HTTPException) -> JSONResponse:
    """Say what is wrong as the rest of the hospital's programs do."""
    return JSONResponse({"hospital_error": error.detail}, error.status_code)


@app.get("/appointments/{number}")
async def appointment(number: int) -> dict[str, int]:
    """Stand for everything else that the application does."""
    if number > 9:
        raise HTTPException(404, "There is no such appointment.")
    return {"appointment": number}


# Two routers: one that anybody may open, one behind the application's own access control.
app.include_router(create_router(criteria=["us-fda"]), prefix="/cart")
app.include_router(create_router(criteria=["us-fda", "eu-ema"]), prefix="/staff/cart", dependencies=[Depends(staff)])
