import requests

response = requests.post(
    "https://api.example.com/v1/upload",
    headers={"X-Trace": "t-1"},
    files=[("title", (None, "Rex")), ("photo", ("rex.png", open("rex.png", "rb")))],
)
print(response.text)
