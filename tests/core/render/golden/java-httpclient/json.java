import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

HttpClient client = HttpClient.newHttpClient();

HttpRequest request = HttpRequest.newBuilder()
    .uri(URI.create("https://api.example.com/v1/pets"))
    .header("Authorization", "Bearer REPLACE_token")
    .header("Content-Type", "application/json")
    .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"string\",\"age\":0,\"weight\":0.1,\"ok\":true,\"tags\":[\"string\"],\"owner\":{\"email\":\"user@example.com\",\"phones\":[{\"kind\":\"home\",\"number\":\"1\"}]}}"))
    .build();

HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
System.out.println(response.body());
