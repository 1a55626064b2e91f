const data = "{\"big\":12345678901234567890,\"negative\":-5,\"tiny\":1e-07,\"huge\":1e+25,\"half\":0.5}";

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
