CURL *hnd = curl_easy_init();

curl_easy_setopt(hnd, CURLOPT_CUSTOMREQUEST, "POST");
curl_easy_setopt(hnd, CURLOPT_URL, "https://api.example.com/v1/upload");

struct curl_slist *headers = NULL;
headers = curl_slist_append(headers, "content-type: multipart/form-data");
curl_easy_setopt(hnd, CURLOPT_HTTPHEADER, headers);

curl_mime *mime = curl_mime_init(hnd);
curl_mimepart *part;
part = curl_mime_addpart(mime);
curl_mime_name(part, "at");
curl_mime_data(part, "@file", CURL_ZERO_TERMINATED);
part = curl_mime_addpart(mime);
curl_mime_name(part, "less");
curl_mime_data(part, "<file;type=text/html", CURL_ZERO_TERMINATED);
part = curl_mime_addpart(mime);
curl_mime_name(part, "=;'%22%0D");
curl_mime_data(part, " '\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ?\?/ ?\?= \\n \\u0041 <b>&amp; */ //", CURL_ZERO_TERMINATED);
curl_mime_type(part, "text/plain");
part = curl_mime_addpart(mime);
curl_mime_name(part, "");
curl_mime_data(part, "nameless", CURL_ZERO_TERMINATED);
part = curl_mime_addpart(mime);
curl_mime_name(part, "é ß 汉字 😀    ﻿    é");
curl_mime_data(part, "one\ntwo\r\nthree\ttab\013\014\033[0m\ré ß 汉字 😀    ﻿    é", CURL_ZERO_TERMINATED);
part = curl_mime_addpart(mime);
curl_mime_name(part, "boundary");
curl_mime_data(part, "-----011000010111000001101001--", CURL_ZERO_TERMINATED);
part = curl_mime_addpart(mime);
curl_mime_name(part, "a=b");
curl_mime_filedata(part, " $x 'é`.bin ");
curl_mime_type(part, "application/x; a=\"b,c\"");
curl_easy_setopt(hnd, CURLOPT_MIMEPOST, mime);

CURLcode ret = curl_easy_perform(hnd);
