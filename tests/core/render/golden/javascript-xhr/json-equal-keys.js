const data = JSON.stringify({
  "é": 1,
  "é": 2,
  "text": "\\#(x) \\##(x)"
});

const xhr = new XMLHttpRequest();
xhr.withCredentials = true;

xhr.addEventListener("readystatechange", function () {
  if (this.readyState === this.DONE) {
    console.log(this.responseText);
  }
});

xhr.open("POST", "https://api.example.com/v1/pets");
xhr.setRequestHeader("content-type", "application/json");

xhr.send(data);
