const response = await fetch("https://api.example.com/v1/pets/7", {
  method: "DELETE",
  headers: { "If-Match": "\"abc\"" }
});

console.log(await response.text());
