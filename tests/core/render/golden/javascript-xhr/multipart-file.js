const { files } = document.querySelector("input[type=file]");

const data = new FormData();
data.append("title", "Rex");
data.append("photo", files[0], "rex.png");

const xhr = new XMLHttpRequest();
xhr.withCredentials = true;

xhr.addEventListener("readystatechange", function () {
  if (this.readyState === this.DONE) {
    console.log(this.responseText);
  }
});

xhr.open("POST", "https://api.example.com/v1/upload");
xhr.setRequestHeader("X-Trace", "t-1");

xhr.send(data);
