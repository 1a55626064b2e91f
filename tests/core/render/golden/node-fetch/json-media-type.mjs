const response = await fetch("https://api.example.com/v1/pets", {
  method: "POST",
  headers: { "Content-Type": "application/vnd.api+json; charset=utf-8" },
  body: JSON.stringify({ data: { type: "pets" } })
});

console.log(await response.text());
