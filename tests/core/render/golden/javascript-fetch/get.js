const response = await fetch("https://api.example.com/v1/pets");

console.log(await response.text());
