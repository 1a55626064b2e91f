const response = await fetch("https://api.example.com/v1/pets", {
  method: "IT'S$`!"
});

console.log(await response.text());
