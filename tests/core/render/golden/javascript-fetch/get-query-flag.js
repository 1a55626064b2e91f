const response = await fetch("https://api.example.com/v1/pets?archived&empty=&limit=5");

console.log(await response.text());
