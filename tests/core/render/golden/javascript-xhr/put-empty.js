const data = null;

const xhr = new XMLHttpRequest();
xhr.withCredentials = true;

xhr.addEventListener("readystatechange", function () {
  if (this.readyState === this.DONE) {
    console.log(this.responseText);
  }
});

xhr.open("PUT", "https://api.example.com/v1/pets/7/star");
xhr.setRequestHeader("X-Trace", "t-1");

xhr.send(data);
