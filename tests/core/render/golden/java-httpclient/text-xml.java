import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

HttpClient client = HttpClient.newHttpClient();

HttpRequest request = HttpRequest.newBuilder()
    .uri(URI.create("https://api.example.com/v1/pets"))
    .header("Content-Type", "text/xml")
    .PUT(HttpRequest.BodyPublishers.ofString("<?xml version=\"1.0\"?>\n<pet name=\"Rex\">\n  <age>3</age>\n</pet>\n"))
    .build();

HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
System.out.println(response.body());
