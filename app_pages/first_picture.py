"""What the front page says before any of our scripts runs: who we are, and what to fetch meanwhile."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stage.assets import BASE, files

ICON = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'>"
    "<g fill='none' stroke='%230b5cad' stroke-width='2'>"
    "<ellipse cx='12' cy='12' rx='10.5' ry='7' transform='rotate(-24 12 12)'/>"
    "<ellipse cx='12.6' cy='12.2' rx='6' ry='3.6' transform='rotate(-24 12 12)'/></g>"
    "<circle cx='13.2' cy='12.4' r='2' fill='%230b5cad'/></svg>"
)
HEAD = (
    "<title>Optiscape</title>"
    '<meta name="description" content="Watch optimizers race down a loss landscape.">'
    f'<link rel="icon" type="image/svg+xml" href="data:image/svg+xml,{ICON}">'
    f'<link rel="preload" as="script" href="./{BASE}plotly.js">'
    f'<link rel="stylesheet" href="./{BASE}stage.css">'
    + "".join(f'<link rel="modulepreload" href="./{BASE}{name}">' for name in files() if name.endswith(".js"))
).encode()


class FirstPicture:
    """Put our head into the front page, so that plotly.js travels while Streamlit's own page starts."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; rewrite HTML."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        start: Message | None = None
        page = b""

        async def rewriting(message: Message) -> None:
            nonlocal start, page
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                plain_page = headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers
                if message["status"] == 200 and plain_page and scope["method"] == "GET":
                    start = message
                    return
            elif start is not None:
                page += message.get("body", b"")
                if message.get("more_body"):
                    return
                whole = page.replace(b"<title>Streamlit</title>", b"").replace(b"<head>", b"<head>" + HEAD, 1)
                headers = MutableHeaders(raw=start["headers"])
                headers["content-length"] = str(len(whole))
                for stale in ("etag", "last-modified"):
                    if stale in headers:
                        del headers[stale]
                await send(start)
                message = {"type": "http.response.body", "body": whole}
            await send(message)

        await self.app(scope, receive, rewriting)
