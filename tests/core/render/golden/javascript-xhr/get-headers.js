const data = null;

const xhr = new XMLHttpRequest();
xhr.withCredentials = true;

xhr.addEventListener("readystatechange", function () {
  if (this.readyState === this.DONE) {
    console.log(this.responseText);
  }
});

xhr.open("GET", "https://api.example.com/v1/pets");
xhr.setRequestHeader("accept", "application/json, text/plain;q=0.5");
xhr.setRequestHeader("Authorization", "Bearer REPLACE_token");
xhr.setRequestHeader("X-Empty", "");
xhr.setRequestHeader("A-Last", "1");

xhr.send(data);
