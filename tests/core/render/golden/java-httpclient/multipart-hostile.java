import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

HttpClient client = HttpClient.newHttpClient();

HttpRequest request = HttpRequest.newBuilder()
    .uri(URI.create("https://api.example.com/v1/upload"))
    .header("Content-Type", "multipart/form-data; boundary=---0110000101110000011010010b048b7168c5e3420f70a2c85520ae5e65c45bae")
    .POST(HttpRequest.BodyPublishers.concat(
        HttpRequest.BodyPublishers.ofString("-----0110000101110000011010010b048b7168c5e3420f70a2c85520ae5e65c45bae\r\nContent-Disposition: form-data; name=\"at\"\r\n\r\n@file\r\n-----0110000101110000011010010b048b7168c5e3420f70a2c85520ae5e65c45bae\r\nContent-Disposition: form-data; name=\"less\"\r\n\r\n<file;type=text/html\r\n-----0110000101110000011010010b048b7168c5e3420f70a2c85520ae5e65c45bae\r\nContent-Disposition: form-data; name=\"=;'%22%0D\"\r\nContent-Type: text/plain\r\n\r\n '\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //\r\n-----0110000101110000011010010b048b7168c5e3420f70a2c85520ae5e65c45bae\r\nContent-Disposition: form-data; name=\"\"\r\n\r\nnameless\r\n-----0110000101110000011010010b048b7168c5e3420f70a2c85520ae5e65c45bae\r\nContent-Disposition: form-data; name=\"é ß 汉字 😀    ﻿    é\"\r\n\r\none\ntwo\r\nthree\ttab\u000b\f\u001b[0m\ré ß 汉字 😀    ﻿    é\r\n-----0110000101110000011010010b048b7168c5e3420f70a2c85520ae5e65c45bae\r\nContent-Disposition: form-data; name=\"boundary\"\r\n\r\n-----011000010111000001101001--\r\n-----0110000101110000011010010b048b7168c5e3420f70a2c85520ae5e65c45bae\r\nContent-Disposition: form-data; name=\"a=b\"; filename=\" $x 'é`.bin \"\r\nContent-Type: application/x; a=\"b,c\"\r\n\r\n"),
        HttpRequest.BodyPublishers.ofFile(Path.of(" $x 'é`.bin ")),
        HttpRequest.BodyPublishers.ofString("\r\n-----0110000101110000011010010b048b7168c5e3420f70a2c85520ae5e65c45bae--\r\n")))
    .build();

HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
System.out.println(response.body());
