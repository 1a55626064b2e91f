import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

HttpClient client = HttpClient.newHttpClient();

HttpRequest request = HttpRequest.newBuilder()
    .uri(URI.create("https://api.example.com/v1/pets/7?dry-run&tag=a%20b"))
    .header("Cookie", "sid=abc; theme=dark")
    .header("X-Trace", "t-1")
    .header("X-Empty", "")
    .header("Content-Type", "application/json")
    .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"'\\\"\\\\ $HOME ${x} $(id) `id` #{1+1} \\\\(x) %s %% %@ {x} ??/ ??= \\\\n \\\\u0041 <b>&amp; */ //é ß 汉字 😀    ﻿    éone\\ntwo\\r\\nthree\\ttab\\u000b\\f\\u001b[0m\\r\",\"list\":[null,false,0,-1.5,{}]}"))
    .build();

HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
System.out.println(response.body());
