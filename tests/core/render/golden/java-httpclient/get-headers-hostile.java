import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

HttpClient client = HttpClient.newHttpClient();

HttpRequest request = HttpRequest.newBuilder()
    .uri(URI.create("https://api.example.com/v1/pets"))
    .header("X-Hostile", "'\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //")
    .header("X-Tab", "a\tb  c")
    .header("X-At", "@file")
    .header("X-Semicolon", "a; b=\"c, d\";")
    .header("!#$%&'*+-.^_`|~9", "every token character")
    .GET()
    .build();

HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
System.out.println(response.body());
