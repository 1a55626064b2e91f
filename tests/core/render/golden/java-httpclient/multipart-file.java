import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

HttpClient client = HttpClient.newHttpClient();

HttpRequest request = HttpRequest.newBuilder()
    .uri(URI.create("https://api.example.com/v1/upload"))
    .header("X-Trace", "t-1")
    .header("Content-Type", "multipart/form-data; boundary=---011000010111000001101001")
    .POST(HttpRequest.BodyPublishers.concat(
        HttpRequest.BodyPublishers.ofString("-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nRex\r\n-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"rex.png\"\r\n\r\n"),
        HttpRequest.BodyPublishers.ofFile(Path.of("rex.png")),
        HttpRequest.BodyPublishers.ofString("\r\n-----011000010111000001101001--\r\n")))
    .build();

HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
System.out.println(response.body());
