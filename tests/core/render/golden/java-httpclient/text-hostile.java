import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

HttpClient client = HttpClient.newHttpClient();

HttpRequest request = HttpRequest.newBuilder()
    .uri(URI.create("https://api.example.com/v1/pets"))
    .header("Content-Type", "text/plain; charset=\"utf-8\"")
    .POST(HttpRequest.BodyPublishers.ofString("one\ntwo\r\nthree\ttab\u000b\f\u001b[0m\r'\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //é ß 汉字 😀    ﻿    é"))
    .build();

HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
System.out.println(response.body());
