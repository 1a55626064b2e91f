const response = await fetch("https://api.example.com/v1/pets", {
  method: "DELETE",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ ids: [1, 2] })
});

console.log(await response.text());
