const data = "-----011000010111000001101001--\r\n";

const xhr = new XMLHttpRequest();
xhr.withCredentials = true;

xhr.addEventListener("readystatechange", function () {
  if (this.readyState === this.DONE) {
    console.log(this.responseText);
  }
});

xhr.open("POST", "https://api.example.com/v1/upload");
xhr.setRequestHeader("content-type", "multipart/form-data; boundary=---011000010111000001101001");

xhr.send(data);
