const { files } = document.querySelector("input[type=file]");

const data = new File([files[0]], "$x 'é` #{y} %s.bin");

const xhr = new XMLHttpRequest();
xhr.withCredentials = true;

xhr.addEventListener("readystatechange", function () {
  if (this.readyState === this.DONE) {
    console.log(this.responseText);
  }
});

xhr.open("POST", "https://api.example.com/v1/upload");
xhr.setRequestHeader("content-type", "application/octet-stream");

xhr.send(data);
