const { files } = document.querySelector("input[type=file]");

const data = new Blob([
  "-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{}\r\n-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"data\"; filename=\"data.csv\"\r\n\r\n",
  files[0],
  "\r\n-----011000010111000001101001--\r\n"
]);

const xhr = new XMLHttpRequest();
xhr.withCredentials = true;

xhr.addEventListener("readystatechange", function () {
  if (this.readyState === this.DONE) {
    console.log(this.responseText);
  }
});

xhr.open("POST", "https://api.example.com/v1/upload");
xhr.setRequestHeader("content-type", "multipart/mixed; boundary=---011000010111000001101001");

xhr.send(data);
