const response = await fetch("https://api.example.com/v1/pets/7/archive", {
  method: "POST"
});

console.log(await response.text());
