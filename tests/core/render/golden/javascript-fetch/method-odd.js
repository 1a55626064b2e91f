const response = await fetch("https://api.example.com/v1/pets", {
  method: "M-SEARCH"
});

console.log(await response.text());
