"""A visitor without a browser: ``python -m tests.security.visitor ADDRESS PAGE QUERY TO [IDS]``.

Opens a page as Streamlit's own client does, writes every byte that the server sends into the file
TO, and, given a file of ids, presses every button that has one of them.
"""

import asyncio
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PATIENCE = 60  # seconds until a script has finished


async def visit(address: str, page: str, query: str, pressed: list[str]) -> list[bytes]:
    """Each message that a server sends when a page is opened and buttons are pressed."""
    heard = []
    async with websockets.connect(
        f"{address}/_stcore/stream", max_size=None, subprotocols=["streamlit"], proxy=None
    ) as line:
        for ids in ([], pressed) if pressed else ([],):
            ask = BackMsg()
            ask.rerun_script.query_string, ask.rerun_script.page_name = query, page
            for id in ids:
                state = ask.rerun_script.widget_states.widgets.add()
                state.id, state.trigger_value = id, True
            await line.send(ask.SerializeToString())
            async with asyncio.timeout(PATIENCE):
                async for message in line:
                    heard.append(message)
                    got = ForwardMsg()
                    got.ParseFromString(message)
                    # a fresh server finishes once without having drawn anything
                    if got.WhichOneof("type") == "script_finished" and got.script_finished == 0:
                        break
    return heard


def told(address: str, page: str, query: str) -> list[bytes]:
    """The same without buttons, from a thread: a browser's test keeps the loop of its own."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(visit(address, page, query, []))).result()


def elements(messages: list[bytes]) -> list[tuple[str, str]]:
    """Kind and words of each element that a server has drawn."""
    found = []
    for message in messages:
        got = ForwardMsg()
        got.ParseFromString(message)
        if got.WhichOneof("type") == "delta" and got.delta.WhichOneof("type") == "new_element":
            kind = got.delta.new_element.WhichOneof("type")
            one = getattr(got.delta.new_element, kind)
            found.append((kind, getattr(one, "body", "") or getattr(one, "label", "")))
    return found


if __name__ == "__main__":
    address, page, query, to, *more = sys.argv[1:]
    ids = json.loads(Path(more[0]).read_text()) if more else []
    Path(to).write_bytes(b"\n".join(asyncio.run(visit(address, page, query, ids))))
