const data = null;

const xhr = new XMLHttpRequest();
xhr.withCredentials = true;

xhr.addEventListener("readystatechange", function () {
  if (this.readyState === this.DONE) {
    console.log(this.responseText);
  }
});

xhr.open("GET", "https://api.example.com/v1/me");
xhr.setRequestHeader("cookie", "sid=SOME_STRING_VALUE; lang=en%20us; empty=");
xhr.setRequestHeader("X-Trace", "t-1");

xhr.send(data);
