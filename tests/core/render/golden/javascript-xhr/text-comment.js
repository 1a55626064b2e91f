const data = "/* a // b */ \"/*";

const xhr = new XMLHttpRequest();
xhr.withCredentials = true;

xhr.addEventListener("readystatechange", function () {
  if (this.readyState === this.DONE) {
    console.log(this.responseText);
  }
});

xhr.open("POST", "https://api.example.com/v1/notes?*/");
xhr.setRequestHeader("Accept", "*/*");
xhr.setRequestHeader("content-type", "text/plain");

xhr.send(data);
