const response = await fetch("https://api.example.com/v1/pets/7/star", {
  method: "PUT",
  headers: { "X-Trace": "t-1" }
});

console.log(await response.text());
