import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

HttpClient client = HttpClient.newHttpClient();

HttpRequest request = HttpRequest.newBuilder()
    .uri(URI.create("https://api.example.com/v1/upload"))
    .header("Content-Type", "multipart/form-data; boundary=---011000010111000001101001")
    .POST(HttpRequest.BodyPublishers.ofString("-----011000010111000001101001--\r\n"))
    .build();

HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
System.out.println(response.body());
