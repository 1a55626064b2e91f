const response = await fetch("https://api.example.com/v1/pets", {
  method: "OPTIONS"
});

console.log(await response.text());
