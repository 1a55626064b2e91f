const response = await fetch("https://api.example.com/v1/pets", {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: "{\"big\":12345678901234567890,\"negative\":-5,\"tiny\":1e-07,\"huge\":1e+25,\"half\":0.5}"
});

console.log(await response.text());
