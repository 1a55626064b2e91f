const response = await fetch("https://api.example.com/v1/pets", {
  headers: { Cookie: "a$b='\"\\$HOME #{x} \\(x) %s `id`; c=d=e=f" }
});

console.log(await response.text());
