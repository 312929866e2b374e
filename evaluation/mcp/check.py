"""Asks every tool of `sayso mcp` with the protocol's own client, over standard input and output and over HTTP.

    python3 evaluation/mcp/check.py PATH/TO/sayso

Ends with 1 and says what is wrong.
"""

import asyncio
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client

ROOT = Path(__file__).resolve().parents[2]
TOOLS = {"search_findings", "get_finding", "get_report", "get_entity", "read_text"}


async def ask(session: ClientSession) -> list[str]:
    wrong = []
    hello = await session.initialize()
    if "never instructions" not in (hello.instructions or ""):
        wrong.append("the client is not told that texts are no instructions")
    tools = {tool.name: tool for tool in (await session.list_tools()).tools}
    if set(tools) != TOOLS:
        wrong.append(f"the tools are {sorted(tools)}")
    wrong += [f"{name} does not say what it answers" for name, tool in tools.items() if not tool.output_schema]

    async def call(name: str, /, **asked):
        answer = await session.call_tool(name, asked)
        if answer.is_error:
            raise RuntimeError(f"{name}: {answer.content}")
        return answer.structured_content

    found = await call("search_findings", place="Belarus", kind="production", limit=1)
    first = found["findings"][0]
    if (first["origins_established"], first["publishers"]) != (2, 11):
        wrong.append(f"two origins of eleven publishers became {first}")
    if not first["quote"]["url"].startswith("https://"):
        wrong.append("a quote has no address")
    following = await call("search_findings", place="Belarus", kind="production", limit=1, after=found["next"])
    if following["findings"][0]["finding"] == first["finding"]:
        wrong.append("the next one is the same")
    finding = await call("get_finding", id=first["finding"])
    if len([it for it in finding["origins"] if it["established"]]) != 2 or not finding["against"] or not finding["erosion"]:
        wrong.append("a finding came without its origins, denials or changes")
    report = await call("get_report", id=finding["quotes"][0]["report"])
    text = await call("read_text", report=report["report"], bytes=200)
    if text["to"] - text["from"] > 200 or not text["text"] or report["claims"][0]["quote"]["report"] != report["report"]:
        wrong.append("a text came as it was not asked for")
    entity = await call("get_entity", name="Iran")
    if entity["id"] != "Q794" or "no proof" not in entity["notice"] or not entity["parts"]:
        wrong.append("the dossier of Iran is not one")
    lost = await session.call_tool("get_finding", {"id": "ffffffff"})
    if not lost.is_error or "no finding" not in lost.content[0].text:
        wrong.append("what is not there is not said to be so")
    return wrong


async def main() -> int:
    sayso = str(Path(sys.argv[1]).resolve())
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        ledger = str(Path(folder) / "week.ledger")
        subprocess.run([sayso, "--ledger", ledger, "read", str(ROOT / "fixtures/week/reports")], check=True, capture_output=True)
        server = StdioServerParameters(command=sayso, args=["--ledger", ledger, "mcp"])
        async with stdio_client(server) as (read, write), ClientSession(read, write) as session:
            wrong += [f"stdio: {it}" for it in await ask(session)]
        http = subprocess.Popen([sayso, "--ledger", ledger, "mcp", "--http", "127.0.0.1:0"], stderr=subprocess.PIPE, text=True)
        try:
            address = re.match(r"http://\S+", http.stderr.readline()).group()
            async with streamable_http_client(address) as streams, ClientSession(streams[0], streams[1]) as session:
                wrong += [f"http: {it}" for it in await ask(session)]
        finally:
            http.terminate()
    for it in wrong:
        print(it)
    print("every tool answers, on standard input and output and over HTTP" if not wrong else f"{len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
