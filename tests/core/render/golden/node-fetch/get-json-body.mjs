const response = await fetch("https://api.example.com/v1/pets", {
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ query: { name: "Rex" } })
});

console.log(await response.text());
