const response = await fetch("https://api.example.com/v1/pets", {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ text: "one\ntwo\r\nthree\ttab\u000b\f\u001b[0m\r" })
});

console.log(await response.text());
