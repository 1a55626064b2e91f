CURL *hnd = curl_easy_init();

curl_easy_setopt(hnd, CURLOPT_CUSTOMREQUEST, "POST");
curl_easy_setopt(hnd, CURLOPT_URL, "https://api.example.com/v1/upload");

struct curl_slist *headers = NULL;
headers = curl_slist_append(headers, "content-type: multipart/mixed");
curl_easy_setopt(hnd, CURLOPT_HTTPHEADER, headers);

curl_mime *mime = curl_mime_init(hnd);
curl_mimepart *part;
part = curl_mime_addpart(mime);
curl_mime_name(part, "meta");
curl_mime_data(part, "{}", CURL_ZERO_TERMINATED);
curl_mime_type(part, "application/json");
part = curl_mime_addpart(mime);
curl_mime_name(part, "data");
curl_mime_filedata(part, "data.csv");
curl_easy_setopt(hnd, CURLOPT_MIMEPOST, mime);

CURLcode ret = curl_easy_perform(hnd);
