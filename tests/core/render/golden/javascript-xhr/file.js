const { files } = document.querySelector("input[type=file]");

const data = new File([files[0]], "photo.png");

const xhr = new XMLHttpRequest();
xhr.withCredentials = true;

xhr.addEventListener("readystatechange", function () {
  if (this.readyState === this.DONE) {
    console.log(this.responseText);
  }
});

xhr.open("PUT", "https://api.example.com/v1/upload/7");
xhr.setRequestHeader("content-type", "image/png");

xhr.send(data);
