import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

HttpClient client = HttpClient.newHttpClient();

HttpRequest request = HttpRequest.newBuilder()
    .uri(URI.create("https://api.example.com/v1/upload"))
    .header("Content-Type", "multipart/mixed; boundary=---011000010111000001101001")
    .POST(HttpRequest.BodyPublishers.concat(
        HttpRequest.BodyPublishers.ofString("-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{}\r\n-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"data\"; filename=\"data.csv\"\r\n\r\n"),
        HttpRequest.BodyPublishers.ofFile(Path.of("data.csv")),
        HttpRequest.BodyPublishers.ofString("\r\n-----011000010111000001101001--\r\n")))
    .build();

HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
System.out.println(response.body());
