const data = new FormData();
data.append("title", "string");
data.append("meta", "{\"k\":0}");

const xhr = new XMLHttpRequest();
xhr.withCredentials = true;

xhr.addEventListener("readystatechange", function () {
  if (this.readyState === this.DONE) {
    console.log(this.responseText);
  }
});

xhr.open("POST", "https://api.example.com/v1/upload");

xhr.send(data);
