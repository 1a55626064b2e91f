import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

HttpClient client = HttpClient.newHttpClient();

HttpRequest request = HttpRequest.newBuilder()
    .uri(URI.create("https://api.example.com/v1/upload"))
    .header("Content-Type", "multipart/form-data; boundary=---011000010111000001101001")
    .POST(HttpRequest.BodyPublishers.concat(
        HttpRequest.BodyPublishers.ofString("-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json; charset=utf-8\r\n\r\n{\"k\":\"a;b, c\"}\r\n-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"photos/my rex.png\"\r\nContent-Type: image/png\r\n\r\n"),
        HttpRequest.BodyPublishers.ofFile(Path.of("photos/my rex.png")),
        HttpRequest.BodyPublishers.ofString("\r\n-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"second.png\"\r\nContent-Type: image/png\r\n\r\n"),
        HttpRequest.BodyPublishers.ofFile(Path.of("second.png")),
        HttpRequest.BodyPublishers.ofString("\r\n-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nlast\r\n-----011000010111000001101001--\r\n")))
    .build();

HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
System.out.println(response.body());
