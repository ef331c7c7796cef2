// What a search of many vectors does for each of them.
#include "vectorise.h"

MULTIVERSION
float lh_dot(const float *a, const float *b, size_t count) {
    float sum = 0;
    for (size_t i = 0; i < count; i++) sum += a[i] * b[i];
    return sum;
}

MULTIVERSION
float lh_round_to_bytes(int8_t *out, const float *in, size_t count) {
    float low, high;
    extremes(in, count, 0, &low, &high);
    float largest = high > -low ? high : -low;
    if (!(largest > 0)) {
        memset(out, 0, count);
        return 0;
    }
    float inverse = 127.0f / largest;
    for (size_t i = 0; i < count; i++) out[i] = (int8_t)(int32_t)__builtin_rintf(in[i] * inverse);
    return largest / 127.0f;
}
