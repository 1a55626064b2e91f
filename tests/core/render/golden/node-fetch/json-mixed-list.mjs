const response = await fetch("https://api.example.com/v1/pets", {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify([1, "a", null, true, [2.5]])
});

console.log(await response.text());
