const data = JSON.stringify({
  "data": {
    "type": "pets"
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
xhr.setRequestHeader("content-type", "application/vnd.api+json; charset=utf-8");

xhr.send(data);
