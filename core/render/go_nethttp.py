"""Go with ``net/http``, as API Pack published it."""

from __future__ import annotations

from core.render.body import chunks, quoted_text
from core.render.headers import all_headers
from core.render.literals import as_go, double_quoted
from core.render.multipart import FileChunk
from core.request import Body, Request

_READ_FILE = """

func readFile(name string) string {
	data, err := os.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return string(data)
}"""


def render(request: Request) -> str:
    body = request.body
    imports, payload, reader, functions = "", "", "nil", ""
    if body is not None:
        literal = quoted_text(body)
        imports = '\t"strings"\n'
        if literal is None:
            imports = '\t"os"\n\t"strings"\n'
            functions = _READ_FILE
        text = _concatenation(body) if literal is None else as_go(literal)
        payload = f"\tpayload := strings.NewReader({text})\n\n"
        reader = "payload"
    headers = "".join([_header(name, value) for name, value in all_headers(request)])
    if headers:
        headers += "\n"
    return f"""\
package main

import (
	"fmt"
{imports}	"net/http"
	"io"
)

func main() {{

	url := {_quoted(request.url)}

{payload}	req, _ := http.NewRequest({_quoted(request.method)}, url, {reader})

{headers}	res, _ := http.DefaultClient.Do(req)

	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)

	fmt.Println(res)
	fmt.Println(string(body))

}}{functions}"""


def _header(name: str, value: str) -> str:
    if name.lower() == "host":  # which Go does not look for among the headers
        return f"\treq.Host = {_quoted(value)}\n"
    return f"\treq.Header.Add({_quoted(name)}, {_quoted(value)})\n"


def _concatenation(body: Body) -> str:
    return " + ".join(
        [
            f"readFile({_quoted(chunk.filename)})"
            if isinstance(chunk, FileChunk)
            else _quoted(chunk)
            for chunk in chunks(body)
        ]
    )


def _quoted(text: str) -> str:
    return as_go(double_quoted(text))
