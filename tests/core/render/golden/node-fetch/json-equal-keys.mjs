const response = await fetch("https://api.example.com/v1/pets", {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ "é": 1, "é": 2, text: "\\#(x) \\##(x)" })
});

console.log(await response.text());
