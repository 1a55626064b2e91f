const data = null;

const xhr = new XMLHttpRequest();
xhr.withCredentials = true;

xhr.addEventListener("readystatechange", function () {
  if (this.readyState === this.DONE) {
    console.log(this.responseText);
  }
});

xhr.open("GET", "https://api.example.com/v1/pets");
xhr.setRequestHeader("cookie", "a$b='\"\\$HOME #{x} \\(x) %s `id`; c=d=e=f");

xhr.send(data);
