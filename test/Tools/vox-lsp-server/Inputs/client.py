# usage: client.py SERVER
#
# Speaks the language server protocol as an editor does and prints the answers.
import json
import subprocess
import sys

URI = "test:///net.mlir"
TEXT = """func.func @main(%x: tensor<1x1x4x4xf32>) -> tensor<1x1x4x4xf32> {
  %w = vox.constant dense<1.0> : tensor<1x1x1x1xf32>
  // The next line has one stride too many.

  %0 = vox.conv %x, %w strides = [1, 1, 1] dilations = [1, 1]
      pads = [0, 0, 0, 0] groups = 1
      : (tensor<1x1x4x4xf32>, tensor<1x1x1x1xf32>) -> tensor<1x1x4x4xf32>
  return %0 : tensor<1x1x4x4xf32>
}
"""

server = subprocess.Popen(
    [sys.argv[1]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
)


def send(method, parameters, number=None):
    message = {"jsonrpc": "2.0", "method": method, "params": parameters}
    if number is not None:
        message["id"] = number
    body = json.dumps(message).encode()
    server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
    server.stdin.flush()


def receive(wanted):
    """The next message for which `wanted` holds."""
    while True:
        length = 0
        while line := server.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        if not length:
            sys.exit("the server has gone")
        message = json.loads(server.stdout.read(length))
        if wanted(message):
            return message


def print_diagnostics(when):
    message = receive(lambda m: m.get("method") == "textDocument/publishDiagnostics")
    found = message["params"]["diagnostics"]
    for diagnostic in found:
        line = diagnostic["range"]["start"]["line"]
        print(f"{when}: line {line}: {diagnostic['message']}")
    if not found:
        print(f"{when}: no diagnostics")


send("initialize", {"processId": None, "capabilities": {}, "rootUri": None}, 1)
print("server:", receive(lambda m: m.get("id") == 1)["result"]["serverInfo"]["name"])
send("initialized", {})
document = {"uri": URI, "languageId": "mlir", "version": 1, "text": TEXT}
send("textDocument/didOpen", {"textDocument": document})
print_diagnostics("opened")
mended = TEXT.replace("[1, 1, 1]", "[1, 1]")
send(
    "textDocument/didChange",
    {"textDocument": {"uri": URI, "version": 2}, "contentChanges": [{"text": mended}]},
)
print_diagnostics("changed")
position = {"line": 4, "character": 12}
send("textDocument/hover", {"textDocument": {"uri": URI}, "position": position}, 2)
hover = receive(lambda m: m.get("id") == 2)["result"]
print("hover:", hover["contents"]["value"].splitlines()[0])
send("shutdown", None, 3)
receive(lambda m: m.get("id") == 3)
send("exit", None)
print("exit code", server.wait(timeout=60))
