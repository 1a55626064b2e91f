const response = await fetch("https://api.example.com/v1/pets", {
  method: "it's$`!"
});

console.log(await response.text());
