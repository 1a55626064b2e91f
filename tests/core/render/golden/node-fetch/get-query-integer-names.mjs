const response = await fetch("https://api.example.com/v1/pets?q=x&10=ten&2=two");

console.log(await response.text());
