const data = null;

const xhr = new XMLHttpRequest();
xhr.withCredentials = true;

xhr.addEventListener("readystatechange", function () {
  if (this.readyState === this.DONE) {
    console.log(this.responseText);
  }
});

xhr.open("GET", "https://api.example.com/v1/pets");
xhr.setRequestHeader("X-Hostile", "'\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //");
xhr.setRequestHeader("X-Tab", "a\tb  c");
xhr.setRequestHeader("X-At", "@file");
xhr.setRequestHeader("X-Semicolon", "a; b=\"c, d\";");
xhr.setRequestHeader("!#$%&'*+-.^_`|~9", "every token character");

xhr.send(data);
