#ifndef GREFFIER_CCURL_SHIM_H
#define GREFFIER_CCURL_SHIM_H

#include <curl/curl.h>

// curl_easy_setopt and curl_easy_getinfo are variadic, which Swift cannot call: one plain function for each type of value.

static inline CURLcode greffier_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode greffier_curl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

// libcurl copies the text (CURLOPT_*STRING options), so that the pointer needs to live only for the call.
static inline CURLcode greffier_curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode greffier_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode greffier_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode greffier_curl_set_reader(CURL *handle, curl_read_callback reader) {
    return curl_easy_setopt(handle, CURLOPT_READFUNCTION, reader);
}

static inline CURLcode greffier_curl_set_observer(CURL *handle, curl_debug_callback observer) {
    return curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, observer);
}

// The socket of the connection that the handle used last and still keeps; CURL_SOCKET_BAD without one.
static inline curl_socket_t greffier_curl_active_socket(CURL *handle) {
    curl_socket_t active = CURL_SOCKET_BAD;
    return curl_easy_getinfo(handle, CURLINFO_ACTIVESOCKET, &active) == CURLE_OK ? active : CURL_SOCKET_BAD;
}

static inline CURLcode greffier_curl_global_init(void) {
    return curl_global_init(CURL_GLOBAL_DEFAULT);
}

#endif
