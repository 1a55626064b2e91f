const data = null;

const xhr = new XMLHttpRequest();
xhr.withCredentials = true;

xhr.addEventListener("readystatechange", function () {
  if (this.readyState === this.DONE) {
    console.log(this.responseText);
  }
});

xhr.open("GET", "https://api.example.com/v1/pets?filter%5Bname%5D=Rex&at=%C3%A9%E2%82%AC");

xhr.send(data);
