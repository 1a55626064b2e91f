const data = null;

const xhr = new XMLHttpRequest();
xhr.withCredentials = true;

xhr.addEventListener("readystatechange", function () {
  if (this.readyState === this.DONE) {
    console.log(this.responseText);
  }
});

xhr.open("GET", "https://api.example.com/v1/users('a@b.c')/$count;v=1/a%2Fb/:run/%C3%A9");

xhr.send(data);
