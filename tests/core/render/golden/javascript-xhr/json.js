const data = JSON.stringify({
  "name": "string",
  "age": 0,
  "weight": 0.1,
  "ok": true,
  "tags": [
    "string"
  ],
  "owner": {
    "email": "user@example.com",
    "phones": [
      {
        "kind": "home",
        "number": "1"
      }
    ]
  }
});

const xhr = new XMLHttpRequest();
xhr.withCredentials = true;

xhr.addEventListener("readystatechange", function () {
  if (this.readyState === this.DONE) {
    console.log(this.responseText);
  }
});

xhr.open("POST", "https://api.example.com/v1/pets");
xhr.setRequestHeader("Authorization", "Bearer REPLACE_token");
xhr.setRequestHeader("content-type", "application/json");

xhr.send(data);
