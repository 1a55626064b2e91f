const response = await fetch("https://api.example.com/v1/pets", {
  method: "REPORT",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ depth: 1 })
});

console.log(await response.text());
