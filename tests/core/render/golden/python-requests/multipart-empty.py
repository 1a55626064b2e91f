import requests

response = requests.post(
    "https://api.example.com/v1/upload",
    headers={
        "Content-Type": "multipart/form-data; boundary=---011000010111000001101001",
    },
    data="-----011000010111000001101001--\r\n",
)
print(response.text)
