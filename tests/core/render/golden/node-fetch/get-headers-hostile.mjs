const response = await fetch("https://api.example.com/v1/pets", {
  headers: {
    "X-Hostile": "'\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //",
    "X-Tab": "a\tb  c",
    "X-At": "@file",
    "X-Semicolon": "a; b=\"c, d\";",
    "!#$%&'*+-.^_`|~9": "every token character"
  }
});

console.log(await response.text());
