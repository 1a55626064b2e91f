const data = JSON.stringify([
  {
    "op": "replace",
    "path": "/name",
    "value": null
  }
]);

const xhr = new XMLHttpRequest();
xhr.withCredentials = true;

xhr.addEventListener("readystatechange", function () {
  if (this.readyState === this.DONE) {
    console.log(this.responseText);
  }
});

xhr.open("PATCH", "https://api.example.com/v1/pets/7?notify=true");
xhr.setRequestHeader("cookie", "sid=abc");
xhr.setRequestHeader("content-type", "application/json-patch+json");

xhr.send(data);
