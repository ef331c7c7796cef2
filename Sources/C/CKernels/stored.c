// Numbers as files keep them.
#include "vectorise.h"

// The machines this is built for are little-endian, as the files are.
MULTIVERSION
void lh_widen(float *out, const void *in, lh_type type, size_t count) {
    const uint8_t *bytes = in;
    if (type == LH_F32) {
        memcpy(out, bytes, count * sizeof *out);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        uint16_t half;
        memcpy(&half, bytes + 2 * i, sizeof half);
        out[i] = type == LH_F16 ? widen_half(half) : widen_brain(half);
    }
}

MULTIVERSION
size_t lh_count_unusable(const void *in, lh_type type, size_t count) {
    const uint8_t *bytes = in;
    size_t unusable = 0;
    if (type == LH_F32) {
        for (size_t i = 0; i < count; i++) {
            uint32_t bits;
            memcpy(&bits, bytes + 4 * i, sizeof bits);
            unusable += (bits & 0x7F800000u) == 0x7F800000u;
        }
        return unusable;
    }
    uint16_t exponent = type == LH_F16 ? 0x7C00u : 0x7F80u;
    for (size_t i = 0; i < count; i++) {
        uint16_t bits;
        memcpy(&bits, bytes + 2 * i, sizeof bits);
        unusable += (bits & exponent) == exponent;
    }
    return unusable;
}
