const response = await fetch("http://localhost:8080/health?verbose=true");

console.log(await response.text());
