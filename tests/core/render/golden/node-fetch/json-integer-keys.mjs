const response = await fetch("https://api.example.com/v1/pets", {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: "{\"b\":1,\"10\":2,\"2\":3}"
});

console.log(await response.text());
