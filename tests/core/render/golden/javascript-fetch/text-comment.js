const response = await fetch("https://api.example.com/v1/notes?*/", {
  method: "POST",
  headers: { Accept: "*/*", "Content-Type": "text/plain" },
  body: "/* a // b */ \"/*"
});

console.log(await response.text());
